import type {WaitUntil} from '../../runbook/language/actions/wait-until.ts';
import {leastGapMs} from '../outcome/poll-gap.ts';
import {settlePoll} from './poll-answers.ts';
import {secondsOf} from '../scope/seconds.ts';
import type {Handler} from './action.ts';

/** Polls until an acceptor decides or its time is up. */
export const waitUntil: Handler<WaitUntil> = {
  does: () => 'wait',
  work: {
    deadline: ({maxWaitTime}, now, scope) => now + secondsOf(maxWaitTime, scope) * 1000,
    // One Region seen over: the others are looked at at once, though never sooner than the least delay allows.
    dueAfterSibling: ({minDelay}, polledAt, endedAt, scope) =>
      Math.max(endedAt, polledAt + Math.max(leastGapMs, secondsOf(minDelay, scope) * 1000)),
    calls: {
      firstPhase: 'poll',
      operation: ({call}) => call,
      members: ({with: members = {}}) => members,
      answered: (wait, settled) => settlePoll(settled, wait),
      refused: (wait, settled) => settlePoll(settled, wait),
    },
  },
};
