import type {RunStatus} from '../engine/model/run-status.ts';
import type {RunState} from '../engine/model/state.ts';
import {unknownRegions} from '../engine/queries/region-truth.ts';
import {exitCodes} from './exit-codes.ts';

/** Exit codes of runs and fleets by how they ended. */
export const codeByStatus: Readonly<Record<RunStatus, number>> = {
  done: exitCodes.done,
  planned: exitCodes.done,
  failed: exitCodes.failed,
  'needs-operator': exitCodes.needsOperator,
  declined: exitCodes.needsOperator,
  blocked: exitCodes.blocked,
};

/** The exit code of a run that has ended or was left. */
export function exitCodeOf(state: RunState): number {
  if (state.ended !== undefined) return codeByStatus[state.ended.status];
  if (state.interrupted !== undefined && unknownRegions(state).length > 0) return exitCodes.blocked;
  return state.interrupted === undefined ? exitCodes.failed : exitCodes.interrupted;
}
