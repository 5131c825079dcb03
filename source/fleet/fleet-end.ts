import {planDigest} from './consent.ts';
import type {RunStatus} from '../engine/model/run-status.ts';
import type {ChildEnd, FleetHappening} from './events.ts';
import {hasFailed, type AccountState, type FleetState} from './state.ts';

/** The end of a fleet in which nothing is under way any more. */
export function fleetEnd(state: FleetState): FleetHappening {
  const rows = [...state.accounts.values()];
  return {
    type: 'fleet-ended',
    status: statusOf(state, rows),
    message: messageOf(state, rows),
    ...(state.started?.mode === 'plan' ? {plan: planDigest(state)} : {}),
    heads: Object.fromEntries(
      rows.flatMap(({account, end, look}): [string, string][] => {
        const head = end?.head ?? look?.head;
        return head === undefined ? [] : [[account.id, head]];
      }),
    ),
  };
}

function statusOf({started, waves, stopped}: FleetState, rows: readonly AccountState[]): RunStatus {
  if (stopped !== undefined || rows.some((row) => hasFailed(row) && row.end?.status === 'failed'))
    return 'failed';
  if (rows.some(({phase, look}) => phase === 'shut' && look?.outcome === 'failed')) return 'failed';
  const refused = waves.find(({answer}) => answer?.accepted === false)?.answer;
  if (refused !== undefined) return refused.missing === undefined ? 'declined' : 'needs-operator';
  if (rows.some(({end}) => end?.status === 'needs-operator')) return 'needs-operator';
  if (rows.some(({end}) => end?.status === 'declined')) return 'declined';
  if (rows.some(isOpen)) return 'blocked';
  return started?.mode === 'plan' ? 'planned' : 'done';
}

/** Returns true if a fleet that is gone on with would do something: a use that was found is not looked for again. */
export function hasMoreToDo({started, accounts, ended}: FleetState): boolean {
  if (ended === undefined) return true;
  return [...accounts.values()].some(({phase, end}) => {
    if (phase === 'clear' || end?.status === 'done') return false;
    return phase !== 'ready' || started?.mode !== 'plan';
  });
}

/** Returns true if somebody has to see to an account. */
function isOpen(row: AccountState): boolean {
  return row.phase === 'shut' || row.end?.status === 'closed' || hasFailed(row) || isStillInUse(row);
}

function messageOf({started, stopped, waves}: FleetState, rows: readonly AccountState[]): string {
  const refused = waves.find(({answer}) => answer?.accepted === false)?.answer;
  const how =
    refused === undefined
      ? []
      : [
          refused.missing === undefined
            ? 'a wave was declined'
            : `nobody agreed to the wave: answer with ${refused.missing}`,
        ];
  const parts = [
    ...(stopped === undefined ? [] : [`stopped: ${stopped}`]),
    ...how,
    ...countsOf(rows).map(([what, count]) => `${count} ${what}`),
    ...(started?.mode === 'plan' ? ['nothing was changed'] : []),
  ];
  return parts.join(', ');
}

/** Returns true if a look found something in use where the runbook changes nothing. */
export function isStillInUse({phase, look}: AccountState): boolean {
  return phase === 'clear' && (look?.uses?.length ?? 0) > 0;
}

/** Returns how many accounts stand where, in words; groups without an account are left out. */
export function countsOf(rows: readonly AccountState[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(standing(row), (counts.get(standing(row)) ?? 0) + 1);
  return [...counts];
}

/** Returns where an account stands, in few words. */
export function standing(row: AccountState): string {
  const {phase, look, end} = row;
  switch (phase) {
    case 'unlooked':
      return 'not looked at yet';
    case 'looking':
      return 'looked at in part';
    case 'ready':
    case 'asked':
      return 'ready to change';
    case 'clear':
      return isStillInUse(row) ? 'still in use' : 'with nothing to change';
    case 'shut':
      return look?.outcome === 'closed' ? 'could not be entered' : 'could not be looked at in full';
    case 'agreed':
      return 'agreed to, not begun';
    case 'going':
      return 'begun, not ended';
    case 'ended':
      return end === undefined ? 'ended' : endWord(end.status);
  }
}

/** Returns how a fleet or an account's run ended, in words. */
export function endWord(status: RunStatus | ChildEnd['status']): string {
  if (status === 'needs-operator') return 'needs an operator';
  return status === 'closed' ? 'could not be entered' : status;
}
