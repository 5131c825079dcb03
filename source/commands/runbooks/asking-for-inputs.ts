import {exitCodes} from '../../cli/exit-codes.ts';
import type {MissingInputs} from '../../runbook/inputs.ts';
import type {Showing} from '../../runs/with-view.ts';
import type {TypedInputs} from './asked-inputs.ts';
import {canAsk} from '../../ui/choose-view.ts';

/**
 * Starts a run, and starts it again with what the operator types where inputs are missing. Without a terminal, and where
 * JSON is written, nobody can be asked. Returns the exit code. Throws MissingInputs, and the errors of `start`.
 */
export async function askingForInputs(
  {json}: Showing,
  start: (typed: TypedInputs) => Promise<number>,
): Promise<number> {
  try {
    return await start({pairs: [], secrets: new Map()});
  } catch (error) {
    const missing = json || !canAsk() ? undefined : missingOf(error);
    if (missing === undefined) throw error;
    const {askForInputs} = await import('./asked-inputs.ts');
    const typed = await askForInputs(missing, process);
    return typed === undefined ? exitCodes.interrupted : start(typed);
  }
}

/** The class is not loaded for this: a run whose inputs are there begins sooner. */
function missingOf(error: unknown): MissingInputs | undefined {
  return error instanceof Error && error.name === 'MissingInputs' ? (error as MissingInputs) : undefined;
}
