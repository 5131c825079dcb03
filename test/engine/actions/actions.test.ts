import {describe, expect, it} from 'vitest';
import {callsOf, handlerOf, workOf} from '../../../source/engine/actions/actions.ts';
import type {Action} from '../../../source/runbook/language/actions/actions.ts';
import {programOf} from '../turns.ts';

const {steps} = programOf(`
  - {id: look, title: Look, call: box:ListBoxes}
  - {id: agree, title: Agree, confirm: {message: Sure?}}
  - {id: enough, title: Enough, assert: {that: '\${{ steps.look.output }}', message: There are none.}}
  - id: still
    title: Still
    waitUntil:
      call: box:GetBox
      acceptors: [{state: success, matcher: {success: true}}]
      minDelay: 1
      maxDelay: 2
      maxWaitTime: 10
  - id: label
    title: Label
    update: {read: box:GetBox, with: {}, resource: '\${{ box }}', write: box:UpdateBox, set: {label: Fragile}}`).runbook;

const actionOf = (id: string): Action => {
  const step = steps.find((one) => one.id === id);
  if (step === undefined) throw new Error(id);
  return step.action;
};

describe('the engine’s side of an action', () => {
  it('says what a step of each kind does', () => {
    expect(steps.map(({action}) => handlerOf(action).does(true))).toEqual([
      'change',
      'confirm',
      'assert',
      'wait',
      'change',
    ]);
  });

  it('has calls for the kinds that call, and work for those that last', () => {
    for (const id of ['look', 'still', 'label'])
      expect(callsOf(actionOf(id))).toBe(workOf(actionOf(id)).calls);
  });

  it.each(['agree', 'enough'])('is a mistake of ours where %s is asked for calls that it has not', (id) => {
    expect(() => callsOf(actionOf(id))).toThrow(/is over when it has started|calls nothing/);
  });
});
