import type {WaitUntil} from '../../runbook/language/actions/wait-until.ts';
import {settlePoll} from '../respond/interpret-poll.ts';
import type {Handler} from './action.ts';

/** Polls until an acceptor decides or its time is up. */
export const waitUntil: Handler<WaitUntil> = {
  does: () => 'wait',
  calls: {
    firstPhase: 'poll',
    operation: ({call}) => call,
    members: ({with: members = {}}) => members,
    limit: ({maxWaitTime}) => maxWaitTime,
    mindsDeadline: true,
    answered: (wait, settled) => settlePoll(settled, wait),
    refused: (wait, settled) => settlePoll(settled, wait),
  },
};
