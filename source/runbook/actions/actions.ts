import type {Action} from '../language/actions/actions.ts';
import type {Step} from '../language/step.ts';
import {assert} from './assert.ts';
import {call} from './call.ts';
import {confirm} from './confirm.ts';
import {pause} from './pause.ts';
import type {ActionTraits, WrittenChange, WrittenRequest} from './traits.ts';
import {update} from './update.ts';
import {waitUntil} from './wait-until.ts';

const traits: {readonly [K in Action['kind']]: ActionTraits<Extract<Action, {kind: K}>>} = {
  call,
  update,
  waitUntil,
  pause,
  assert,
  confirm,
};

/** Traits of each kind of action. */
export function traitsOf(action: Action): ActionTraits<Action> {
  return traits[action.kind];
}

/** The operation by which a step may change something. */
export function changeNamed({action}: Pick<Step, 'action'>): WrittenChange | undefined {
  return traitsOf(action).change?.(action);
}

/** The requests of a step as it writes them, with those of its undo. */
export function requestsOf({action}: Pick<Step, 'action'>): readonly WrittenRequest[] {
  return traitsOf(action).requests(action);
}

/** The operations that a step may call. */
export function operationsOf(step: Pick<Step, 'action'>): readonly string[] {
  return requestsOf(step)
    .filter(({undo}) => undo === undefined)
    .map(({operation}) => operation);
}
