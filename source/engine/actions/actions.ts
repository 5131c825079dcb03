import type {Action} from '../../runbook/language/actions/actions.ts';
import type {ActionHandlers, Calls, Handler} from './action.ts';
import {assert} from './assert.ts';
import {call} from './call.ts';
import {confirm} from './confirm.ts';
import {update} from './update.ts';
import {waitUntil} from './wait-until.ts';

const handlers: ActionHandlers = {call, update, waitUntil, assert, confirm};

/** All that the engine has to know of an action's kind. */
export function handlerOf(action: Action): Handler<Action> {
  return handlers[action.kind];
}

/** How an action calls AWS. Throws when it calls nothing. */
export function callsOf(action: Action): Calls<Action> {
  const {calls} = handlerOf(action);
  if (calls === undefined) throw new Error(`${action.kind} calls nothing`);
  return calls;
}
