import {expect, it} from 'vitest';
import {itemMembers} from '../../../source/engine/actions/item-members.ts';
import {evaluateMembers} from '../../../source/runbook/expression/template.ts';

/** What a step of an undo would send for these members of an item. */
function reached(names: readonly string[], kept: Readonly<Record<string, string>>): unknown {
  const variables = {item: {with: kept}};
  return evaluateMembers(itemMembers(names, 'with'), {root: variables, variables});
}

it('an undo sends each named member as the item has it, whatever characters its name has', () => {
  const kept = {boxId: 'b1', 'box-id': 'b2', 'x.y': 'b3', other: 'not named'};
  expect(reached(['boxId', 'box-id', 'x.y'], kept)).toEqual({boxId: 'b1', 'box-id': 'b2', 'x.y': 'b3'});
});

it('an undo leaves out a member that the item does not have', () => {
  expect(reached(['boxId', 'label'], {boxId: 'b1'})).toEqual({boxId: 'b1'});
});
