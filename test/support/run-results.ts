import type {Json} from '../../source/data/json.ts';
import type {SeenRequest} from '../../source/simulator/server.ts';
import type {SimulatedRun} from './simulated-run.ts';

const mutations = /^(Cancel|Update|Delete|Create|Start)/;

/** The requests that change something. */
export function changesOf(run: Pick<SimulatedRun, 'requests'>): readonly SeenRequest[] {
  return run.requests.filter(({operation}) => mutations.test(operation));
}

/** What an account step kept. */
export function outputOf({state}: SimulatedRun, step: string): Json | undefined {
  return state.account.results[step]?.output;
}

/** The words on an account step's output. */
export function summaryOf({state}: SimulatedRun, step: string): string | undefined {
  return state.account.results[step]?.summary;
}
