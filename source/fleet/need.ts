import {hasFailed, type AccountState} from './state.ts';
import {isStillInUse} from './fleet-end.ts';

/** Returns the accounts in the order in which they need somebody: failed, not known, in use, to change, done, clear. */
export function byNeed(rows: readonly AccountState[]): readonly AccountState[] {
  return rows.toSorted((one, other) => needOf(one) - needOf(other) || usesIn(other) - usesIn(one));
}

/** Returns the number of things that the latest look found in use. */
export function usesIn({look}: AccountState): number {
  return (look?.uses ?? []).reduce((sum, {uses}) => sum + uses, 0);
}

function needOf(row: AccountState): number {
  if (hasFailed(row)) return 0;
  if (row.phase === 'shut' || row.end?.status === 'closed') return 1;
  if (isStillInUse(row)) return 2;
  if (row.phase === 'clear') return 5;
  return row.end?.status === 'done' ? 4 : 3;
}
