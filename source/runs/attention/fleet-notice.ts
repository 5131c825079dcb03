import type {Json} from '../../data/json.ts';
import type {RunQuestion} from '../../engine/model/events.ts';
import type {RunState} from '../../engine/model/state.ts';
import {accountLabel, type Account} from '../../fleet/account.ts';
import {endWord} from '../../fleet/fleet-end.ts';
import type {WaveQuestion} from '../../fleet/events.ts';
import type {FleetState} from '../../fleet/state.ts';
import {show} from '../../text/show.ts';
import {isStuck} from '../../wording/blocked-help.ts';
import {count} from '../../wording/fault-text.ts';
import {stoppedBy} from '../../wording/glossary/words.ts';
import {canBeResumed} from '../../wording/run-mode.ts';
import type {Notice} from './notice.ts';

/** Returns the notice that a wave waits for its answer. */
export function noticeOfWave({wave, accounts, changes, typeToConfirm}: WaveQuestion): Notice {
  const sum = Object.values(changes).reduce((total, times) => total + times, 0);
  return {
    kind: 'question',
    text: `A decision waits: wave ${wave}, ${count(sum, 'change')} in ${count(accounts.length, 'account')}`,
    typeToConfirm,
    changes: sum,
  };
}

/** Returns the notice that the run of an account asks about more than its wave agreed to. */
export function noticeOfAccount(account: Account, {message, changes}: RunQuestion): Notice {
  return {
    kind: 'question',
    text: show(`A decision waits in account ${accountLabel(account)}: ${message.trim()}`),
    ...(changes.length === 0 ? {} : {changes: changes.length}),
  };
}

/** Returns why the fleet needs somebody in this state and did not in the one before. */
export function noticeOfFleet(before: FleetState, after: FleetState): Notice | undefined {
  const {ended, interrupted, paused} = after;
  if (ended !== undefined) {
    const text = show(`The fleet has ended: ${endWord(ended.status)}: ${ended.message}`);
    return before.ended === undefined ? {kind: 'ended', status: ended.status, text} : undefined;
  }
  if (interrupted !== undefined) {
    const later = canBeResumed(after) ? '; handrail fleet resume goes on with it' : '';
    const text = `The fleet was ${stoppedBy(interrupted)}${later}`;
    return before.interrupted === undefined ? {kind: 'stopped', text} : undefined;
  }
  if (paused === undefined || before.paused !== undefined) return undefined;
  return {
    kind: 'standstill',
    text: 'The keys that enter the accounts have ended, and the fleet waits for others',
  };
}

/** Returns the notice that the run of an account waits for the operator, and did not before. */
export function noticeOfStandstill(account: Account, before: RunState, after: RunState): Notice | undefined {
  if (!isStuck(after) || isStuck(before)) return undefined;
  return {kind: 'standstill', text: show(`Account ${accountLabel(account)} cannot go on without you`)};
}

/** Returns the notice with the fleet that it is about, as data. */
export function fleetNoticeLine(notice: Notice, {started}: FleetState, at: number): Json {
  return {
    type: 'notice',
    at: new Date(at).toISOString(),
    fleet: started?.fleet ?? null,
    runbook: started?.runbook.name ?? null,
    account: started?.base.account ?? null,
    simulation: started === undefined ? null : started.simulation === true,
    ...notice,
  };
}
