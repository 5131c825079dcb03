import {expect, it} from 'vitest';
import {foundLines} from '../../source/ui/regions/findings.ts';
import {lineText} from '../../source/text/line.ts';
import type {Json} from '../../source/data/json.ts';
import {Turns} from '../engine/turns.ts';

/** The lines of a Region whose look at two boxes, one after the other, answered so. */
function found(...answers: readonly Json[]): readonly string[] {
  const turns = new Turns(
    `  - {id: look, title: Look, scope: region, forEach: '\${{ \`["x", "y"]\` }}', call: box:ListBoxes, output: '\${{ boxes }}'}`,
  );
  for (const boxes of answers) turns.answer(turns.call(), {boxes});
  turns.turn();
  return foundLines(turns.state, turns.lane('eu-west-1'), 60).map((line) => lineText(line).trim());
}

it('a look at several items shows what was found for all of them, and nothing where nothing was', () => {
  expect(found([], [])).toEqual([]);
  expect(found([{arn: 'arn:aws:box:::a'}], [{arn: 'arn:aws:box:::b'}])).toEqual([
    'Look: 2 found',
    'arn:aws:box:::a',
    'arn:aws:box:::b',
  ]);
});
