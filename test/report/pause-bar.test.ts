import {expect, it} from 'vitest';
import {Timeline} from '../../source/replay/timeline.ts';
import {barsOf} from '../../source/report/html/timeline-bars.ts';
import {Turns} from '../engine/turns.ts';

it('a pause is a wait on the report’s chart, from its beginning to its end', () => {
  const turns = new Turns('  - {id: rest, title: Let it settle, pause: {for: 10m}}');
  turns.turn();
  turns.pass(600_000);
  turns.turn();
  const bars = barsOf(new Timeline(turns.events), ['eu-west-1']);
  expect(bars).toEqual([
    expect.objectContaining({lane: 0, kind: 'wait', at: 0, text: 'Let it settle: waits 10:00'}),
  ]);
  expect(bars[0]?.to).toBeGreaterThan(bars[0]?.from ?? NaN);
});
