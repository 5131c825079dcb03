import {expect, it} from 'vitest';
import {Turns} from '../turns.ts';

const minute = 60_000;
const iso = (at: number): string => new Date(at).toISOString();

it('every page of a list is asked for with one time, also after a resumption', () => {
  const turns = new Turns(
    '  - {id: list, title: List, call: box:ListBoxes, with: {since: \'${{ earlier(now(), `"1h"`) }}\'}}',
  );
  turns.pass(60 * minute);
  turns.record([{type: 'continued', by: 'test'}]);
  const first = turns.call();
  expect(first.intent.input).toMatchObject({since: iso(0)});
  turns.pass(5 * minute);
  turns.answer(first, {boxes: []}, {nextToken: 'more'});
  expect(turns.call().intent).toMatchObject({page: 2, input: {since: iso(0)}});
  turns.resume(30 * minute);
  expect(turns.call().intent.input).toMatchObject({since: iso(0)});
});

it('a condition goes by the latest event, and an output by when its step began', () => {
  const turns = new Turns(`
  - {id: get, title: Get, call: box:GetBox, output: '\${{ now() }}'}
  - {id: late, title: Late, when: '\${{ older_than(steps.get.output, \`"4m"\`) }}', call: box:GetBox}`);
  const get = turns.call();
  turns.pass(5 * minute);
  turns.answer(get, {});
  const late = turns.call();
  expect(turns.lane().results['get']?.output).toBe(iso(0));
  expect(late.intent).toMatchObject({step: 'late'});
});

it('an acceptor of a wait goes by the time of each answer', () => {
  const turns = new Turns(`
  - id: wait
    title: Wait
    waitUntil:
      call: box:GetBox
      acceptors:
        - state: success
          matcher: {output: {path: "older_than(time(box.made), '10m')", expected: 'true', comparator: booleanEquals}}
      minDelay: 60
      maxDelay: 60
      maxWaitTime: 3600`);
  turns.answer(turns.call(), {box: {made: iso(0)}});
  expect(turns.lane().results['wait']).toBeUndefined();
  turns.pass(11 * minute);
  turns.answer(turns.call(), {box: {made: iso(0)}});
  turns.turn();
  expect(turns.lane().results['wait']).toMatchObject({status: 'succeeded'});
});
