import {expect, it} from 'vitest';
import {Turns} from '../turns.ts';

function summary(text: string): string | undefined {
  const turns = new Turns(
    `  - {id: look, title: Look, call: box:ListBoxes, output: "\${{ boxes }}", summary: "${text}"}`,
  );
  turns.answer(turns.call(), {boxes: ['a', 'b']});
  turns.turn();
  expect(turns.lane().results['look']?.status).toBe('succeeded');
  return turns.lane().results['look']?.summary;
}

it('a summary is worked out of the step’s output', () => {
  expect(summary('${{ length(@) }} boxes')).toBe('2 boxes');
});

it('a summary that cannot be worked out decides nothing: the step succeeds without one', () => {
  expect(summary('${{ length(`1`) }}')).toBeUndefined();
});
