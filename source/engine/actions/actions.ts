import type {Action} from '../../runbook/language/actions/actions.ts';
import type {ActionHandlers, Calls, Handler, Work} from './action.ts';
import {assert} from './assert.ts';
import {call} from './call.ts';
import {confirm} from './confirm.ts';
import {pause} from './pause.ts';
import {update} from './update.ts';
import {waitUntil} from './wait-until.ts';

const handlers: ActionHandlers = {call, update, waitUntil, pause, assert, confirm};

/** All that the engine has to know of an action's kind. */
export function handlerOf(action: Action): Handler<Action> {
  return handlers[action.kind];
}

/** Returns the work of an action. Throws for an action without work. */
export function workOf(action: Action): Work<Action> {
  const {work} = handlerOf(action);
  if (work === undefined) throw new Error(`${action.kind} is over when it has started`);
  return work;
}

/** Returns the calls of an action. Throws for an action without calls. */
export function callsOf(action: Action): Calls<Action> {
  const {calls} = workOf(action);
  if (calls === undefined) throw new Error(`${action.kind} calls nothing`);
  return calls;
}
