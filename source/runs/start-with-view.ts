import type {View} from '../ui/view.ts';
import {isInteractive} from '../ui/choose-view.ts';
import type {Order} from './order.ts';
import {withView} from './with-view.ts';

/**
 * Prepares a run and sees it to its end, with the view that fits. A full screen shows its first frame before anything
 * is read or loaded for the run; elsewhere nothing is written until the order is known to be good. Returns the exit
 * code. Throws what `prepare` throws, and InvalidRunbook.
 */
export async function withOrder(json: boolean, prepare: () => Promise<Order>): Promise<number> {
  const early = json || !isInteractive(process.env) ? await prepare() : undefined;
  return withView(json, async (surroundings) => {
    const order = early ?? (await behind(surroundings.view, prepare));
    const {execute} = await import('./start-run.ts');
    return execute(order, surroundings);
  });
}

/** Gives the terminal back before an order that cannot be used is spoken of. */
async function behind(view: View, prepare: () => Promise<Order>): Promise<Order> {
  try {
    return await prepare();
  } catch (error) {
    const {initialState} = await import('../engine/evolve/evolve.ts');
    await view.close({state: initialState});
    throw error;
  }
}
