import type {View} from '../ui/view.ts';
import {isInteractive} from '../ui/choose-view.ts';
import type {Order} from './order.ts';
import {withView, type Showing} from './with-view.ts';

/**
 * Prepares a run and drives it to its end in the fitting view. A full screen shows its first frame before the
 * run reads or loads anything. Other views stay silent until the order is valid. Returns the exit code. Throws
 * the errors of `prepare`, and InvalidRunbook.
 */
export async function withOrder(showing: Showing, prepare: () => Promise<Order>): Promise<number> {
  const early = showing.json || !isInteractive(process.env) ? await prepare() : undefined;
  return withView(showing, async (surroundings) => {
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
