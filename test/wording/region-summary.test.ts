import {expect, it} from 'vitest';
import type {Json} from '../../source/data/json.ts';
import {regionSummary} from '../../source/wording/region-summary.ts';
import {faultOf, Turns} from '../engine/turns.ts';

const regions = ['eu-west-1', 'us-east-1'];
const denied = faultOf('denied', 'AccessDenied');

/** A look at boxes of which the open ones are in use, with an answer or a refusal for each Region. */
function summed(step: string, answers: readonly (Json | 'denied')[]): string | undefined {
  const turns = new Turns(`  - {id: look, title: Look, scope: region, call: box:ListBoxes, ${step}}`, {
    regions,
    program: {attended: true},
  });
  turns.calls().forEach((call, index) => {
    const answer = answers[index] ?? {};
    if (answer === 'denied') turns.refuse(call, denied);
    else turns.answer(call, answer);
  });
  turns.turn();
  return regionSummary(turns.state, 'look');
}

const open = `column: Boxes, output: '\${{ boxes }}', inUse: '\${{ [?optional(open)] }}', summary: '\${{ length([?optional(open)]) }} open'`;

it('counts only what the step says is in use, not all that it keeps', () => {
  const shut = {boxes: [{name: 'a'}, {name: 'b'}]};
  expect(summed(open, [shut, shut])).toBe('2/2 Regions: nothing in use');
  expect(summed(open, [shut, {boxes: [{name: 'c', open: true}, {name: 'd'}]}])).toBe(
    '2/2 Regions: 1 open in 1 (us-east-1 1)',
  );
});

it('says nothing of a use where no Region was looked at', () => {
  const never = `column: Boxes, when: "\${{ region == 'x' }}"`;
  expect(summed(never, [])).toBe('2/2 Regions: skipped');
  const inOne = `column: Boxes, when: "\${{ region == 'eu-west-1' }}"`;
  expect(summed(inOne, ['denied'])).toBe('1/2 Regions: skipped in 1, 1 unknown');
});

it('counts the Regions that a refused change stopped', () => {
  const turns = new Turns(
    `
  - {id: look, title: Look, scope: region, column: Boxes, call: box:ListBoxes, output: '\${{ boxes }}'}
  - {id: agree, title: Agree, confirm: {message: Sure?}}
  - {id: ship, title: Ship, scope: region, call: box:ShipBox}`,
    {regions, program: {attended: true}},
  );
  for (const call of turns.calls()) turns.answer(call, {boxes: ['a']});
  turns.agree();
  for (const call of turns.calls()) turns.refuse(call, denied);
  turns.turn();
  expect(regionSummary(turns.state, 'ship')).toBe('0/2 Regions: 2 stopped');
});
