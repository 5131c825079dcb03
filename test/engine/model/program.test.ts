import {describe, expect, it} from 'vitest';
import {changeOf, modelOf} from '../../../source/engine/model/program.ts';
import {outlineOf} from '../../../source/engine/outline.ts';
import {operationsOf} from '../../../source/runbook/actions/actions.ts';
import type {Step} from '../../../source/runbook/language/step.ts';
import {programOf} from '../turns.ts';

const program = programOf(`
  - {id: look, title: Look, scope: region, column: Boxes, call: box:ListBoxes}
  - {id: agree, title: Agree, confirm: {message: Agree.}}
  - {id: ship, title: Ship, call: box:ShipBox, skippable: true}
  - id: paint
    title: Paint
    update: {read: box:GetBox, with: {boxId: b1}, resource: '\${{ box }}', write: box:UpdateBox, set: {color: blue}}
  - id: wait
    title: Wait
    waitUntil: {call: box:GetBox, acceptors: [{state: success, matcher: {success: true}}], minDelay: 1, maxDelay: 1, maxWaitTime: 9}
  - {id: sure, title: Sure, assert: {that: '\${{ \`true\` }}', message: no}}`);

function step(id: string): Step {
  const found = program.runbook.steps.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no step ${id}`);
  return found;
}

describe('what a step does', () => {
  it('is told by its action, and a call’s by its operation', () => {
    expect(outlineOf(program).map(({id, does}) => [id, does])).toEqual([
      ['look', 'look'],
      ['agree', 'confirm'],
      ['ship', 'change'],
      ['paint', 'change'],
      ['wait', 'wait'],
      ['sure', 'assert'],
    ]);
  });

  it('comes with its scope, its column and whether it may be skipped', () => {
    expect(outlineOf(program)[0]).toEqual({
      id: 'look',
      title: 'Look',
      scope: 'region',
      does: 'look',
      column: 'Boxes',
    });
    expect(outlineOf(program)[2]).toMatchObject({scope: 'account', skippable: true});
  });
});

describe('the operation by which a step changes something', () => {
  it('is a change’s call and an update’s write', () => {
    expect(changeOf(program, step('ship'))?.name).toBe('box:ShipBox');
    expect(changeOf(program, step('paint'))?.name).toBe('box:UpdateBox');
  });

  it('is none where the step only looks, waits, asks or checks', () => {
    for (const id of ['look', 'agree', 'wait', 'sure'])
      expect(changeOf(program, step(id)), id).toBeUndefined();
  });
});

it('every operation that a step may call is known of it', () => {
  expect(operationsOf(step('paint'))).toEqual(['box:GetBox', 'box:UpdateBox']);
  expect(operationsOf(step('wait'))).toEqual(['box:GetBox']);
  expect(operationsOf(step('agree'))).toEqual([]);
});

it('an operation without a model is a mistake of the program, and said to be', () => {
  expect(() => modelOf(program, 'box:Nothing')).toThrow('no model for box:Nothing');
});
