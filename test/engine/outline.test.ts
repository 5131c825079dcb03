import {expect, it} from 'vitest';
import {outlineOf} from '../../source/engine/outline.ts';
import type {StepOutline} from '../../source/engine/model/events.ts';
import {programOf} from './turns.ts';

function outline(steps: string): readonly StepOutline[] {
  return outlineOf(programOf(steps));
}

it('a step is said to change something exactly where its operation does, whatever its action', () => {
  const steps = outline(`
  - {id: get, title: Get, call: box:GetBox}
  - {id: agree, title: Agree, confirm: {message: Agree.}}
  - {id: delete, title: Delete, call: box:DeleteBox}
  - {id: paint, title: Paint, update: {read: box:GetBox, with: {boxId: b1}, resource: '\${{ box }}', write: box:UpdateBox, set: {color: blue}}}
  - {id: sure, title: Sure, assert: {that: '\${{ \`true\` }}', message: no}}`);
  expect(steps.map(({id, does}) => [id, does])).toEqual([
    ['get', 'look'],
    ['agree', 'confirm'],
    ['delete', 'change'],
    ['paint', 'change'],
    ['sure', 'assert'],
  ]);
});

it('a journal has of a step only what it says, so that a plain step is short', () => {
  expect(outline('  - {id: get, title: Get, call: box:GetBox}')).toEqual([
    {id: 'get', title: 'Get', scope: 'account', does: 'look'},
  ]);
});

it('a step’s column, its company and that it may be skipped reach the views', () => {
  const [, lids] = outline(`
  - {id: boxes, title: Boxes, scope: region, call: box:ListBoxes}
  - {id: lids, title: Lids, scope: region, alongside: true, column: Lids, skippable: true, call: box:ListBoxes}`);
  expect(lids).toMatchObject({scope: 'region', alongside: true, column: 'Lids', skippable: true});
});
