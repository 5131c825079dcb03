import {describe, expect, it} from 'vitest';
import {defaultLimits} from '../../../source/engine/model/program.ts';
import {faultOf, Turns, typesOf} from '../turns.ts';

const reset = faultOf('transient', 'ECONNRESET');
const denied = faultOf('denied', 'AccessDenied');

/** A look at each of these boxes, some at a time. */
function looking(boxes: readonly string[], maxConcurrency: number, more = ''): Turns {
  return new Turns(
    `
  - id: look
    title: Look
    forEach: \${{ inputs.boxes }}
    maxConcurrency: ${maxConcurrency}
    call: box:GetBox${more}`,
    {inputs: {boxes: [...boxes]}},
  );
}

function itemsOf(turns: Turns): readonly string[] {
  return turns.calls().map(({intent}) => intent.item);
}

describe('the items of a step', () => {
  it('are as many at a time as the step says, and the next is started when one has ended', () => {
    const turns = looking(['a', 'b', 'c'], 2);
    const [a, b] = turns.calls();
    if (a === undefined || b === undefined) throw new Error('two calls were expected');
    expect(itemsOf(turns)).toEqual([]);
    turns.answer(b, {});
    expect(itemsOf(turns)).toEqual(['c']);
  });

  it('are not started past one that waits for its next try', () => {
    const turns = looking(['a', 'b'], 1);
    turns.refuse(turns.call(), reset);
    const {calls, wakeAt = 0} = turns.turn();
    expect(calls).toEqual([]);
    turns.now = wakeAt;
    expect(turns.call().intent).toMatchObject({item: 'a', attempt: 2});
  });

  it('are all worked on though one failed, and only then does the step fail', () => {
    const turns = looking(['a', 'b', 'c'], 1);
    turns.refuse(turns.call(), denied);
    turns.answer(turns.call(), {});
    const last = turns.call();
    expect(last.intent.item).toBe('c');
    expect(turns.lane().fault).toBeUndefined();
    turns.answer(last, {});
    turns.turn();
    expect(turns.lane().fault).toMatchObject({name: 'AccessDenied'});
  });

  it('whose request cannot be made fail by themselves: the others are sent', () => {
    const turns = looking(
      ['a', 'b'],
      2,
      '\n    with: {boxId: "${{ item == \'a\' && unknown(item) || item }}"}',
    );
    // An unknown function is refused when the runbook is checked; the engine meets it when the request is made.
    expect(itemsOf(turns)).toEqual(['b']);
    expect(turns.items('look')[0]).toMatchObject({key: 'a', status: 'failed', fault: {kind: 'expression'}});
  });
});

it('calls of all Regions together are as many as the run allows, and the rest are made as soon as there is room', () => {
  const turns = new Turns('  - {id: look, title: Look, scope: region, call: box:GetBox}', {
    regions: ['us-east-1', 'eu-west-1', 'eu-west-2'],
    program: {limits: {...defaultLimits, maxConcurrency: 2}},
  });
  const calls = turns.calls();
  expect(calls.map(({intent}) => intent.region)).toEqual(['us-east-1', 'eu-west-1']);
  expect(turns.calls()).toEqual([]);
  for (const call of calls) turns.answer(call, {});
  expect(turns.call().intent).toMatchObject({region: 'eu-west-2', call: 3});
});

/** A run that was cut off while it opened a box. */
function cutOff(): Turns {
  const turns = new Turns(
    `
  - {id: agree, title: Agree, confirm: {message: Agree.}}
  - {id: open, title: Open the box, scope: region, forEach: "\${{ \`[\\"b1\\"]\` }}", call: box:OpenBox, with: {boxId: '\${{ item }}'}}`,
  );
  turns.agree();
  expect(turns.call().intent.once).toBe(true);
  turns.resume();
  return turns;
}

describe('a call that must not be made twice, and whose answer was lost', () => {
  it('is put to the operator with its operation, Region and target, and not sent', () => {
    const {calls, ask} = cutOff().turn();
    expect(calls).toEqual([]);
    expect(ask).toMatchObject({
      kind: 'resend',
      message: expect.stringContaining('box:OpenBox was sent') as string,
      changes: [{operation: 'box:OpenBox', target: 'b1', region: 'eu-west-1', title: 'Open the box'}],
      resend: {item: 'b1', region: 'eu-west-1'},
    });
  });

  it('is asked about once, and sent again only after a yes', () => {
    const turns = cutOff();
    turns.turn();
    expect(turns.turn()).toMatchObject({calls: [], records: []});
    expect(typesOf(turns.events).filter((type) => type === 'asked')).toHaveLength(2);
    turns.record([{type: 'answered', step: 'open', accepted: true, by: 'test'}]);
    expect(turns.call().request.input).toEqual({boxId: 'b1'});
  });
});

describe('steps that go on at the same time', () => {
  it('are not given up for the failure of one while an answer of another is still to come', () => {
    const turns = new Turns(`
  - {id: one, title: One, scope: region, call: box:GetBox}
  - {id: two, title: Two, scope: region, alongside: true, call: box:ListBoxes}`);
    const [one, two] = turns.calls();
    if (one === undefined || two === undefined) throw new Error('two calls were expected');
    turns.refuse(one, denied);
    turns.turn();
    expect(turns.lane('eu-west-1').fault).toBeUndefined();
    turns.answer(two, {});
    turns.turn();
    expect(turns.lane('eu-west-1').fault).toMatchObject({name: 'AccessDenied'});
  });
});
