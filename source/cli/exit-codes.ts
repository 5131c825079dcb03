import type {RunStatus} from '../engine/model/run-status.ts';
import type {RunState} from '../engine/model/state.ts';
import {unknownRegions} from '../engine/queries/region-truth.ts';

/** Meanings of exit codes. docs/exit-codes.md documents them. */
export const exitCodes = {
  done: 0,
  failed: 1,
  /** Wrong arguments, or a runbook that cannot be used: nothing was called. */
  usage: 2,
  needsOperator: 3,
  blocked: 4,
  interrupted: 130,
} as const;

const byStatus: Readonly<Record<RunStatus, number>> = {
  done: exitCodes.done,
  planned: exitCodes.done,
  failed: exitCodes.failed,
  'needs-operator': exitCodes.needsOperator,
  declined: exitCodes.needsOperator,
  blocked: exitCodes.blocked,
};

/** The exit code of a run that has ended or was left. */
export function exitCodeOf(state: RunState): number {
  if (state.ended !== undefined) return byStatus[state.ended.status];
  if (state.interrupted !== undefined && unknownRegions(state).length > 0) return exitCodes.blocked;
  return state.interrupted === undefined ? exitCodes.failed : exitCodes.interrupted;
}
