import {describe, expect, it} from 'vitest';
import {
  isBehind,
  isOver,
  isThrough,
  nextStep,
  stepsToBegin,
} from '../../../source/engine/queries/progress.ts';
import {faultOf, Turns} from '../turns.ts';

const regions = ['eu-west-1', 'us-east-1'];
const runbook = `
  - {id: look, title: Look, scope: region, call: box:ListBoxes}
  - {id: more, title: More, scope: region, alongside: true, call: box:GetBox}
  - {id: account, title: Account, call: box:GetBox}
  - {id: last, title: Last, scope: region, call: box:GetBox}`;
const denied = faultOf('denied', 'AccessDenied');

/** The run with its first two looks answered where they are said to be, and refused elsewhere. */
function looked(answered: readonly string[]): Turns {
  const turns = new Turns(runbook, {regions, program: {attended: true}});
  for (const call of turns.calls()) {
    if (answered.includes(call.intent.region ?? '')) turns.answer(call, {});
    else if (call.intent.step === 'look') turns.refuse(call, denied);
    else turns.answer(call, {});
  }
  return turns;
}

describe('the step that a lane comes to', () => {
  it('of the account waits for every Region', () => {
    const turns = new Turns(runbook, {regions});
    expect(nextStep(turns.state, turns.lane())).toBeUndefined();
    const both = looked(regions);
    both.turn();
    expect(both.state.calls.map(({step, region}) => [step, region])).toEqual([['account', undefined]]);
  });

  it('of the account waits for a Region that something stopped, until it is waived', () => {
    const turns = looked(['eu-west-1']);
    turns.turn();
    expect(nextStep(turns.state, turns.lane())).toBeUndefined();
    turns.command({do: 'waive', region: 'us-east-1', typed: 'us-east-1'});
    expect(nextStep(turns.state, turns.lane())).toBe(2);
  });

  it('of a Region waits for the account', () => {
    const turns = looked(regions);
    const call = turns.call();
    expect(nextStep(turns.state, turns.lane('eu-west-1'))).toBeUndefined();
    turns.answer(call, {});
    expect(turns.calls().map(({intent}) => [intent.step, intent.region])).toEqual([
      ['last', 'eu-west-1'],
      ['last', 'us-east-1'],
    ]);
  });

  it('of a stopped or a waived lane is none', () => {
    const turns = looked(['eu-west-1']);
    turns.turn();
    expect(nextStep(turns.state, turns.lane('us-east-1'))).toBeUndefined();
    expect(stepsToBegin(turns.state, turns.lane('us-east-1'))).toEqual([]);
    turns.command({do: 'waive', region: 'us-east-1', typed: 'us-east-1'});
    expect(stepsToBegin(turns.state, turns.lane('us-east-1'))).toEqual([]);
  });
});

/** The run whose account step goes on without us-east-1. */
function waived(steps: string): Turns {
  const turns = new Turns(steps, {regions, program: {attended: true}});
  for (const call of turns.calls()) {
    if (call.intent.region === 'us-east-1') turns.refuse(call, denied);
    else turns.answer(call, {});
  }
  turns.turn();
  turns.command({do: 'waive', region: 'us-east-1', typed: 'us-east-1'});
  return turns;
}

describe('a waived Region that is tried again', () => {
  const longer = `
  - {id: look, title: Look, scope: region, call: box:ListBoxes}
  - {id: sum, title: Sum, call: box:GetBox}
  - {id: more, title: More, scope: region, call: box:GetBox}
  - {id: act, title: Act, call: box:GetBox}`;

  it('holds up the account’s next step until it has been looked at, though the account is past it', () => {
    const turns = waived(`
  - {id: look, title: Look, scope: region, call: box:ListBoxes}
  - {id: sum, title: Sum, call: box:GetBox}
  - {id: act, title: Act, call: box:GetBox}`);
    const sum = turns.call();
    turns.command({do: 'retry', region: 'us-east-1'});
    const look = turns.call();
    expect(look.intent).toMatchObject({step: 'look', region: 'us-east-1'});
    turns.answer(sum, {});
    expect(turns.calls()).toEqual([]);
    turns.answer(look, {});
    expect(turns.call().intent.step).toBe('act');
  });

  it('lets the account conclude again from all Regions', () => {
    const turns = waived(longer);
    turns.answer(turns.call(), {});
    const more = turns.call();
    turns.command({do: 'retry', region: 'us-east-1'});
    turns.answer(turns.call(), {});
    expect(turns.call().intent.step).toBe('sum');
    expect(more.intent).toMatchObject({step: 'more', region: 'eu-west-1'});
  });
});

describe('steps that go on at the same time', () => {
  it('begin together', () => {
    const turns = new Turns(runbook, {regions: ['eu-west-1']});
    expect(stepsToBegin(turns.state, turns.lane('eu-west-1'))).toEqual([0, 1]);
  });

  it('are not begun again when one of them has ended or is under way', () => {
    const turns = new Turns(runbook, {regions: ['eu-west-1']});
    const [look] = turns.calls();
    if (look === undefined) throw new Error('a look was expected');
    expect(stepsToBegin(turns.state, turns.lane('eu-west-1'))).toEqual([]);
    turns.answer(look, {});
    turns.turn();
    expect(stepsToBegin(turns.state, turns.lane('eu-west-1'))).toEqual([]);
  });
});

describe('a Region step', () => {
  it('is over when each Region has ended it or was stopped, and behind only when each has ended it', () => {
    const turns = looked(['eu-west-1']);
    turns.turn();
    expect([isOver(turns.state, 0), isBehind(turns.state, 0)]).toEqual([true, false]);
    turns.command({do: 'waive', region: 'us-east-1', typed: 'us-east-1'});
    expect([isOver(turns.state, 0), isBehind(turns.state, 0)]).toEqual([true, true]);
  });

  it('is neither while one is still in it', () => {
    const turns = new Turns(runbook, {regions});
    const [first] = turns.calls();
    if (first === undefined) throw new Error('a look was expected');
    turns.answer(first, {});
    turns.turn();
    expect([isOver(turns.state, 0), isBehind(turns.state, 0)]).toEqual([false, false]);
  });
});

it('a run is through when the last step has ended everywhere', () => {
  const turns = looked(regions);
  turns.answer(turns.call(), {});
  const [one, other] = turns.calls();
  if (one === undefined || other === undefined) throw new Error('two calls were expected');
  turns.answer(one, {});
  turns.turn();
  expect(isThrough(turns.state)).toBe(false);
  turns.answer(other, {});
  turns.turn();
  expect(isThrough(turns.state)).toBe(true);
  expect(turns.state.ended?.status).toBe('done');
});
