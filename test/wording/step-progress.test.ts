import {expect, it} from 'vitest';
import {stepViews} from '../../source/wording/step-progress.ts';
import {Turns} from '../engine/turns.ts';

it('a step that some Regions have skipped, and none has worked on, has not begun', () => {
  const turns = new Turns(
    `
  - {id: look, title: Look, scope: region, call: box:ListBoxes}
  - {id: more, title: More, scope: region, when: "\${{ region == 'us-east-1' }}", call: box:GetBox}
  - {id: act, title: Act, call: box:GetBox}`,
    {regions: ['eu-west-1', 'us-east-1']},
  );
  const stateOf = (step: string): string | undefined =>
    stepViews(turns.state).find(({outline}) => outline.id === step)?.state;
  const [first, second] = turns.calls();
  if (first === undefined || second === undefined) throw new Error('two looks were expected');
  turns.answer(first, {});
  turns.turn();
  expect(stateOf('look')).toBe('active');
  expect(stateOf('more')).toBe('todo');
  turns.answer(second, {});
  turns.turn();
  expect(stateOf('more')).toBe('active');
});
