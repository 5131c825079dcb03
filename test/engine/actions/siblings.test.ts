import {describe, expect, it} from 'vitest';
import {Turns} from '../turns.ts';

const waits = (minDelay: number): string => `
  - id: quiet
    title: Wait
    scope: region
    waitUntil:
      call: box:GetBox
      acceptors: [{state: success, matcher: {output: {path: lid, expected: OPEN, comparator: stringEquals}}}]
      minDelay: ${minDelay}
      maxDelay: 60
      maxWaitTime: 3600`;

const shut = {ok: true, output: {lid: 'SHUT'}, ms: 1, unmodeled: []} as const;

describe('one Region seen over', () => {
  it('lets the others be looked at at once, and again soon if they are not over', () => {
    const turns = new Turns(waits(0.5), {regions: ['eu-west-1', 'us-east-1']});
    for (const call of turns.calls()) turns.answer(call, {lid: 'SHUT'});
    turns.now = 400_000;
    // After 400 s the gap is 10 s, of which chance takes off up to half.
    for (const call of turns.calls()) turns.outcome(call, shut, call.intent.region === 'eu-west-1' ? 0.8 : 0);
    expect(turns.turn().wakeAt).toBe(406_000);
    turns.now = 406_000;
    const early = turns.call();
    expect(early.intent.region).toBe('eu-west-1');
    turns.answer(early, {lid: 'OPEN'});
    const other = turns.call();
    expect(other.intent.region).toBe('us-east-1');
    turns.outcome(other, shut, 0);
    // A quarter of the usual ten seconds.
    expect((turns.turn().wakeAt ?? Infinity) - turns.now).toBe(2519);
  });

  it('does not make a Region be looked at sooner than the least delay allows', () => {
    const turns = new Turns(waits(30), {regions: ['eu-west-1', 'us-east-1']});
    const [first, second] = turns.calls();
    if (first === undefined || second === undefined) throw new Error('both Regions are polled');
    turns.answer(second, {lid: 'SHUT'});
    turns.now = 1000;
    turns.answer(first, {lid: 'OPEN'});
    const {calls, wakeAt} = turns.turn();
    expect(calls).toEqual([]);
    expect(wakeAt).toBe(30_000);
  });
});

it('items that are polled keep their places: no more are looked at together than the step says', () => {
  const turns = new Turns(
    `
  - id: quiet
    title: Wait
    forEach: \${{ inputs.boxes }}
    maxConcurrency: 2
    waitUntil:
      call: box:GetBox
      with: {boxId: '\${{ item }}'}
      acceptors: [{state: success, matcher: {output: {path: lid, expected: OPEN, comparator: stringEquals}}}]
      minDelay: 1
      maxDelay: 60
      maxWaitTime: 3600`,
    {inputs: {boxes: ['a', 'b', 'c']}},
  );
  const calls = turns.calls();
  expect(calls.map(({intent}) => intent.item)).toEqual(['a', 'b']);
  for (const call of calls) turns.answer(call, {lid: 'SHUT'});
  expect(turns.calls()).toEqual([]);
  turns.now = 2000;
  const [a, b] = turns.calls();
  if (a === undefined || b === undefined) throw new Error('both are polled again');
  turns.answer(a, {lid: 'OPEN'});
  expect(turns.calls().map(({intent}) => intent.item)).toEqual(['c']);
});
