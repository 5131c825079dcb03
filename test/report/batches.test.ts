import {expect, it} from 'vitest';
import {reportOf} from '../../source/report/build/fold.ts';
import {markdownOf} from '../../source/report/markdown/markdown.ts';
import {Turns} from '../engine/turns.ts';

function reportOn(turns: Turns): ReturnType<typeof reportOf> {
  const {events} = turns;
  return reportOf({run: 'turns', file: 'turns.jsonl', events, head: '', bytes: 0, tornBytes: 0});
}

it('a report says in which batches the changes were to be made', () => {
  const turns = new Turns(
    `
  - {id: agree, title: Agree, confirm: {message: Sure?}}
  - id: ship
    title: Ship
    forEach: \${{ inputs.boxes }}
    batch: {canary: 1, size: 2, pause: 30s}
    call: box:ShipBox
    with: {boxId: '\${{ item }}'}
    undo: {impossible: gone}`,
    {inputs: {boxes: ['b1', 'b2', 'b3']}},
  );
  turns.agree();
  const report = reportOn(turns);
  const words = 'Ship, in batches: 1 first, then 2 at a time, 30 s apart; stops after the first failure';
  expect(report.confirmations).toMatchObject([{batches: [words]}]);
  expect(markdownOf(report)).toContain(words);
});

it('a report on a part that was written names only what was written, not what AWS did beside it', () => {
  const turns = new Turns(
    `
  - {id: agree, title: Agree, confirm: {message: Sure?}}
  - id: move
    title: Move
    update:
      read: box:GetBox
      with: {name: b1}
      resource: \${{ @ }}
      write: box:MoveBox
      writeWith: {box: b1}
      set: {shelf: right}
      partial: true`,
  );
  turns.agree();
  const before = {shelf: 'left', moved: 3, seen: 'monday', events: ['made']};
  turns.answer(turns.call(), before);
  turns.answer(turns.call(), {});
  turns.answer(turns.call(), {...before, shelf: 'right', moved: 4, seen: 'friday', late: true});
  turns.turn();
  expect(reportOn(turns).changes).toMatchObject([
    {members: [{name: 'shelf', before: 'left', after: 'right'}]},
  ]);
});
