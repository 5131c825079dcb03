import {describe, expect, it} from 'vitest';
import {columnsOf, truthOf, unknownRegions} from '../../../source/engine/queries/region-truth.ts';
import {stoppedLanes} from '../../../source/engine/queries/stopped-lanes.ts';
import type {Fault} from '../../../source/engine/model/fault.ts';
import type {Json} from '../../../source/data/json.ts';
import type {Truth} from '../../../source/engine/model/state.ts';
import {faultOf, Turns} from '../turns.ts';

const looks = `
  - {id: boxes, title: Boxes, scope: region, column: Boxes, call: box:ListBoxes, output: "\${{ boxes }}"}
  - {id: lids, title: Lids, scope: region, column: Lids, call: box:ListBoxes, output: "\${{ lids }}"}`;
const denied = faultOf('denied', 'AccessDenied');

/** The run after looks with these answers; a fault is a look that failed. */
function looked(...answers: readonly (Json | {readonly fault: Fault})[]): Turns {
  const turns = new Turns(`${looks}\n  - {id: act, title: Act, call: box:GetBox}`, {
    program: {attended: true},
  });
  for (const answer of answers) {
    const call = turns.call();
    const fault =
      typeof answer === 'object' && answer !== null && 'fault' in answer ? answer.fault : undefined;
    if (fault === undefined) turns.answer(call, answer as Json);
    else turns.refuse(call, fault as Fault);
  }
  turns.turn();
  return turns;
}

function truth(turns: Turns): Truth {
  return truthOf(turns.state, turns.lane('eu-west-1'));
}

describe('a Region', () => {
  it('is clear only when every column was looked into and nothing was found', () => {
    expect(truth(looked())).toBe('unlooked');
    expect(truth(looked({boxes: []}))).toBe('unlooked');
    expect(truth(looked({boxes: []}, {lids: []}))).toBe('clear');
  });

  it('is in use as soon as anything was found', () => {
    expect(truth(looked({boxes: ['a']}))).toBe('in-use');
    expect(truth(looked({boxes: []}, {lids: ['a']}))).toBe('in-use');
  });

  it('is unknown when a look failed, and never clear; what is known to be in use stays so', () => {
    expect(truth(looked({fault: denied}))).toBe('unknown');
    expect(truth(looked({boxes: []}, {fault: denied}))).toBe('unknown');
    expect(truth(looked({boxes: ['a']}, {fault: denied}))).toBe('in-use');
  });

  it('is never clear where a runbook has no column to look into', () => {
    const turns = new Turns('  - {id: look, title: Look, scope: region, call: box:ListBoxes}');
    turns.answer(turns.call(), {});
    turns.turn();
    expect(truth(turns)).toBe('unlooked');
  });

  it('whose change was refused is in use: it was looked at', () => {
    const turns = new Turns(`
  - {id: boxes, title: Boxes, scope: region, column: Boxes, call: box:ListBoxes, output: "\${{ boxes }}"}
  - {id: agree, title: Agree, confirm: {message: Agree.}}
  - {id: ship, title: Ship, scope: region, call: box:ShipBox}`);
    turns.answer(turns.call(), {boxes: []});
    turns.agree();
    turns.refuse(turns.call(), denied);
    turns.turn();
    expect(truth(turns)).toBe('in-use');
    expect(unknownRegions(turns.state)).toEqual([]);
  });
});

it('a Region whose use did not end in time is in use, and cannot be waived as unknown', () => {
  const gone =
    "{state: success, matcher: {output: {path: gone, expected: 'true', comparator: booleanEquals}}}";
  const turns = new Turns(
    `
  - id: wait
    title: Wait
    scope: region
    waitUntil: {call: box:GetBox, acceptors: [${gone}], minDelay: 10, maxDelay: 10, maxWaitTime: 20}
  - {id: act, title: Act, call: box:GetBox}`,
    {program: {attended: true}},
  );
  for (let tries = 0; tries < 5 && turns.lane('eu-west-1').fault === undefined; tries += 1) {
    for (const call of turns.calls()) turns.answer(call, {gone: false});
    turns.turn();
    turns.pass(10_000);
  }
  expect(turns.lane('eu-west-1').fault?.name).toBe('WaiterTimedOut');
  expect(truth(turns)).toBe('in-use');
  expect(unknownRegions(turns.state)).toEqual([]);
});

it('columns come in the order of the runbook, each once, and only those of Region steps', () => {
  const turns = new Turns(`
  - {id: a, title: A, scope: region, column: Lids, call: box:GetBox}
  - {id: b, title: B, scope: region, column: Boxes, call: box:GetBox}
  - {id: c, title: C, scope: region, column: Lids, call: box:GetBox}
  - {id: d, title: D, scope: region, call: box:GetBox}`);
  expect(columnsOf(turns.state)).toEqual(['Lids', 'Boxes']);
});

describe('the lanes that something stopped', () => {
  it('are the account’s and then the Regions’ in their order, without those that were waived', () => {
    const regions = ['us-east-1', 'eu-west-1', 'eu-west-2'];
    const turns = new Turns(
      '  - {id: look, title: Look, scope: region, call: box:GetBox}\n  - {id: act, title: Act, call: box:GetBox}',
      {regions, program: {attended: true}},
    );
    const calls = turns.calls();
    for (const call of calls.toReversed()) {
      if (call.intent.region === 'eu-west-1') turns.answer(call, {});
      else turns.refuse(call, denied);
    }
    turns.turn();
    expect(stoppedLanes(turns.state).map(({region}) => region)).toEqual(['us-east-1', 'eu-west-2']);
    expect(unknownRegions(turns.state).map(({region}) => region)).toEqual(['us-east-1', 'eu-west-2']);
    turns.command({do: 'waive', region: 'us-east-1', typed: 'us-east-1'});
    expect(stoppedLanes(turns.state).map(({region}) => region)).toEqual(['eu-west-2']);
    turns.command({do: 'waive', region: 'eu-west-2', typed: 'eu-west-2'});
    turns.refuse(turns.call(), denied);
    turns.turn();
    expect(stoppedLanes(turns.state).map(({region}) => region)).toEqual([undefined]);
  });
});

it('a Region that the operator left out is unknown, whatever was seen there', () => {
  const turns = looked({boxes: []}, {lids: []});
  const waived = {by: 'test', at: 0, unlooked: true} as const;
  expect(truthOf(turns.state, {...turns.lane('eu-west-1'), waived})).toBe('unknown');
});
