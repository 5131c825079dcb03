import {describe, expect, it} from 'vitest';
import {defaultLimits} from '../../../source/engine/model/program.ts';
import {decide} from '../../../source/engine/decide/decide.ts';
import {faultOf, Turns} from '../turns.ts';

const regions = ['eu-west-1', 'eu-west-2', 'us-east-1'];
const throttled = faultOf('throttled', 'ThrottlingException');
const denied = faultOf('denied', 'AccessDenied');

function over(list: string, more = ''): Turns {
  return new Turns(`  - {id: look, title: Look, forEach: '\${{ \`${list}\` }}', call: box:GetBox${more}}`);
}

function started(turns: Turns): readonly string[] {
  return turns.calls().map(({intent}) => intent.item);
}

function inUse(step: string, answer: Record<string, string[]>): number | undefined {
  const turns = new Turns(`  - {id: look, title: Look, scope: region, column: Boxes, ${step}}`);
  for (let call = turns.calls()[0]; call !== undefined; call = turns.calls()[0]) turns.answer(call, answer);
  return turns.lane('eu-west-1').cells['Boxes']?.inUse;
}

describe('the calls that are under way', () => {
  it('are no more in the whole run than its limit, and the next starts when one has come back', () => {
    const limits = {...defaultLimits, maxConcurrency: 2};
    const turns = new Turns('  - {id: look, title: Look, scope: region, call: box:GetBox}', {
      regions,
      program: {limits},
    });
    const [first, second, ...more] = turns.calls();
    if (first === undefined || second === undefined) throw new Error('two calls were expected');
    expect(more).toEqual([]);
    expect(turns.calls()).toEqual([]);
    turns.answer(first, {});
    expect(turns.call().intent.region).toBe('us-east-1');
  });

  it('are no more of one step in one Region than it allows, in the order of its items', () => {
    const turns = over('["a", "b", "c"]', ', maxConcurrency: 2');
    const [a] = turns.calls();
    expect(started(turns)).toEqual([]);
    if (a === undefined) throw new Error('a call was expected');
    turns.answer(a, {});
    expect(started(turns)).toEqual(['c']);
  });

  it('do not grow while an item waits for its next try: it keeps its place', () => {
    const turns = over('["a", "b"]');
    turns.refuse(turns.call(), throttled);
    expect(started(turns)).toEqual([]);
    turns.pass(60_000);
    expect(started(turns)).toEqual(['a']);
  });

  it('have numbers of their own, one after the other', () => {
    const turns = new Turns('  - {id: look, title: Look, scope: region, call: box:GetBox}', {regions});
    expect(turns.calls().map(({intent}) => intent.call)).toEqual([1, 2, 3]);
  });
});

it('no call is made ready beside a record: what follows from the record may be another call', () => {
  const turns = new Turns('  - {id: look, title: Look, scope: region, call: box:GetBox}', {
    regions: ['eu-west-1', 'us-east-1'],
  });
  const [first, second] = turns.calls();
  if (first === undefined || second === undefined) throw new Error('two calls were expected');
  turns.refuse(second, throttled);
  turns.answer(first, {});
  turns.pass(60_000);
  const decision = decide(turns.program, turns.state, turns.now, () => 'token');
  expect(decision.records).toMatchObject([{type: 'step-succeeded', region: 'eu-west-1'}]);
  expect(decision.calls).toEqual([]);
});

describe('a step whose item failed', () => {
  it('works on the others first, and then fails with the first fault', () => {
    const turns = over('["a", "b"]');
    turns.refuse(turns.call(), denied);
    const second = turns.call();
    expect(second.intent.item).toBe('b');
    expect(turns.lane().fault).toBeUndefined();
    turns.answer(second, {});
    turns.turn();
    expect(turns.lane().fault).toEqual(denied);
  });

  it('waits for the answers of what goes on at the same time before it fails', () => {
    const turns = new Turns(
      `
  - {id: one, title: One, call: box:GetBox, catch: [{errorEquals: [All], next: end}]}
  - {id: two, title: Two, alongside: true, call: box:GetBox}`,
    );
    const [one, two] = turns.calls();
    if (one === undefined || two === undefined) throw new Error('two calls were expected');
    turns.refuse(one, denied);
    turns.turn();
    expect(turns.state.ended).toBeUndefined();
    turns.answer(two, {});
    turns.turn();
    expect(turns.state.ended?.status).toBe('done');
  });
});

describe('a step with a time limit', () => {
  it('starts nothing more when its time is up, and says what the last try said', () => {
    const turns = over('["a", "b"]', ', timeoutSeconds: 60');
    turns.refuse(turns.call(), throttled);
    turns.pass(60_000);
    expect(started(turns)).toEqual([]);
    expect(turns.lane().fault).toMatchObject({kind: 'timeout', name: 'StepTimedOut'});
    expect(turns.lane().fault?.message).toContain('simulated ThrottlingException');
  });

  it('still takes the answer to what was sent before', () => {
    const turns = over('["a"]', ', timeoutSeconds: 60');
    const call = turns.call();
    turns.pass(61_000);
    expect(started(turns)).toEqual([]);
    expect(turns.state.ended).toBeUndefined();
    turns.answer(call, {});
    turns.turn();
    expect(turns.state.ended?.status).toBe('done');
  });

  it('is woken at its limit at the latest', () => {
    const turns = over(
      '["a"]',
      ', timeoutSeconds: 1, retry: [{errorEquals: [All], maxAttempts: 3, intervalSeconds: 30}]',
    );
    turns.refuse(turns.call(), throttled);
    expect(turns.turn().wakeAt).toBe(1000);
  });
});

describe('a run with nothing left to do', () => {
  it('is done when every step is', () => {
    const turns = over('["a"]');
    turns.answer(turns.call(), {});
    turns.turn();
    expect(turns.state.ended).toMatchObject({status: 'done'});
  });

  const runbook = `
  - {id: look, title: Look, scope: region, column: Boxes, call: box:ListBoxes, output: "\${{ boxes }}"}
  - {id: agree, title: Agree, confirm: {message: Agree.}}
  - {id: ship, title: Ship, scope: region, call: box:ShipBox}
  - {id: act, title: Act, call: box:DeleteBox}`;

  it('is blocked by Regions that could not be looked at, by name, and does nothing account-wide', () => {
    const turns = new Turns(runbook, {regions});
    for (const call of turns.calls()) {
      if (call.intent.region === 'eu-west-2') turns.refuse(call, denied);
      else turns.answer(call, {boxes: []});
    }
    expect(turns.calls()).toEqual([]);
    expect(turns.state.ended).toEqual({
      status: 'blocked',
      message: 'could not look at eu-west-2: nothing account-wide was done',
      at: 0,
    });
  });

  it('goes on without Regions that were waived by name when it was started, once they cannot be looked at', () => {
    const turns = new Turns(runbook, {regions, program: {waive: ['eu-west-2', 'eu-west-1']}});
    for (const call of turns.calls()) {
      if (call.intent.region === 'eu-west-2') turns.refuse(call, denied);
      else turns.answer(call, {boxes: []});
    }
    expect(turns.turn().ask).toBeDefined();
    expect(turns.events.filter(({type}) => type === 'waived')).toMatchObject([
      {region: 'eu-west-2', by: '--waive'},
    ]);
  });

  it('goes on without no other Region than those that were waived by name', () => {
    const turns = new Turns(runbook, {regions, program: {waive: ['eu-west-1']}});
    for (const call of turns.calls()) turns.refuse(call, denied);
    expect(turns.calls()).toEqual([]);
    expect(turns.events.flatMap((event) => (event.type === 'waived' ? [event.region] : []))).toEqual([
      'eu-west-1',
    ]);
    expect(turns.state.ended?.status).toBe('blocked');
  });

  it('has failed where a change was refused in a Region', () => {
    const turns = new Turns(runbook, {regions});
    for (const call of turns.calls()) turns.answer(call, {boxes: []});
    turns.agree();
    for (const call of turns.calls()) {
      if (call.intent.region === 'us-east-1') turns.refuse(call, denied);
      else turns.answer(call, {});
    }
    expect(turns.calls()).toEqual([]);
    expect(turns.state.ended).toMatchObject({status: 'failed', message: `us-east-1: ${denied.message}`});
  });

  it('waits, where somebody is there, for a second try or a waiver', () => {
    const turns = new Turns(runbook, {regions: ['eu-west-1'], program: {attended: true}});
    turns.refuse(turns.call(), denied);
    expect(turns.turn()).toMatchObject({records: [], calls: []});
    expect(turns.state.ended).toBeUndefined();
    expect(turns.command({do: 'retry', region: 'eu-west-1'})).toHaveLength(1);
    expect(turns.call().intent.step).toBe('look');
  });
});

it('what a look found is counted in its column: its list, the part that is in use, or the lists of its items', () => {
  const list = 'call: box:ListBoxes, output: "${{ boxes }}"';
  expect(inUse(list, {boxes: ['a', 'b']})).toBe(2);
  expect(inUse(`${list}, inUse: "\${{ [?@ == 'b'] }}"`, {boxes: ['a', 'b']})).toBe(1);
  expect(inUse(`forEach: '\${{ \`[1, 2, 3]\` }}', ${list}`, {boxes: ['a', 'b']})).toBe(6);
  expect(inUse('call: box:GetBox', {boxes: ['a']})).toBeUndefined();
});

it('an account-wide change is not made while a Region’s look may still come back', () => {
  const turns = new Turns(
    `
  - {id: look, title: Look, scope: region, call: box:ListBoxes}
  - {id: agree, title: Agree, confirm: {message: Agree.}}
  - {id: delete, title: Delete, call: box:DeleteBox}`,
    {regions},
  );
  const [last, ...others] = turns.calls();
  for (const call of others) turns.answer(call, {});
  expect(turns.turn().ask).toBeUndefined();
  if (last !== undefined) turns.answer(last, {});
  turns.agree();
  expect(turns.call().intent.operation).toBe('box:DeleteBox');
});
