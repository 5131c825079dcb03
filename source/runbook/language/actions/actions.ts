import {z} from 'zod';
import {assertMembers, assertSyntax, type Assert} from './assert.ts';
import {callMembers, callSyntax, type Call} from './call.ts';
import {confirmMembers, confirmSyntax, type Confirm} from './confirm.ts';
import {pauseMembers, pauseSyntax, type Pause} from './pause.ts';
import type {ActionSyntax, BesideAction} from './syntax.ts';
import {updateMembers, updateSyntax, type Update} from './update.ts';
import {waitUntilMembers, waitUntilSyntax, type WaitUntil} from './wait-until.ts';

/** Action of a step: one of these kinds. */
export type Action = Call | Update | WaitUntil | Pause | Assert | Confirm;

/** The members of a step by which actions are written. */
export const actionMembers = {
  ...callMembers,
  ...updateMembers,
  ...waitUntilMembers,
  ...pauseMembers,
  ...assertMembers,
  ...confirmMembers,
};

/** The part of a step that its action is read from. */
type WrittenAction = z.output<z.ZodObject<typeof actionMembers>> & BesideAction;

type Syntaxes = {[K in Action['kind']]: ActionSyntax<WrittenAction, Extract<Action, {kind: K}>>};

/** Syntax of each action. A member with the action's name writes it. */
export const syntaxes: Syntaxes = {
  call: callSyntax,
  update: updateSyntax,
  waitUntil: waitUntilSyntax,
  pause: pauseSyntax,
  assert: assertSyntax,
  confirm: confirmSyntax,
};

/** The kinds of actions, in the order in which they are named. */
export const actionKinds = Object.keys(syntaxes) as readonly Action['kind'][];
