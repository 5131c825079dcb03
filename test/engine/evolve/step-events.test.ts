import {describe, expect, it} from 'vitest';
import {truthOf} from '../../../source/engine/queries/region-truth.ts';
import {faultOf, Turns} from '../turns.ts';

const looks = `
  - {id: boxes, title: Boxes, scope: region, column: Boxes, call: box:ListBoxes, output: "\${{ boxes }}", summary: "\${{ length(@) }} there"}
  - {id: lids, title: Lids, scope: region, alongside: true, column: Lids, call: box:ListBoxes, output: "\${{ lids }}"}
  - {id: after, title: After, scope: region, call: box:GetBox}`;

describe('a step that ends in a lane', () => {
  it('lets the lane go on only when those that go on at the same time have ended too', () => {
    const turns = new Turns(looks);
    const [boxes, lids] = turns.calls();
    if (boxes === undefined || lids === undefined) throw new Error('two looks were expected');
    turns.answer(lids, {lids: []});
    expect(turns.calls()).toEqual([]);
    turns.answer(boxes, {boxes: []});
    expect(turns.call().intent.step).toBe('after');
  });

  it('writes its summary and what it found into its column', () => {
    const turns = new Turns(looks);
    const [boxes] = turns.calls();
    if (boxes === undefined) throw new Error('a look was expected');
    turns.answer(boxes, {boxes: ['a', 'b']});
    turns.turn();
    expect(turns.lane('eu-west-1').cells['Boxes']).toMatchObject({text: '2 there', inUse: 2});
  });

  it('that failed keeps what it had done, so that trying again goes on from there', () => {
    const turns = new Turns(`
  - {id: look, title: Look, scope: region, forEach: '\${{ \`["a", "b"]\` }}', call: box:GetBox}`);
    turns.answer(turns.call(), {});
    turns.refuse(turns.call(), faultOf('denied', 'AccessDenied'));
    turns.turn();
    expect(turns.lane('eu-west-1')).toMatchObject({next: 0, faultStep: 'look'});
    expect(turns.items('look', 'eu-west-1').map(({status}) => status)).toEqual(['done', 'failed']);
  });
});

const naming = `
  - {id: boxes, title: Boxes, scope: region, column: Boxes, call: box:ListBoxes, output: "\${{ boxes }}"}
  - id: gone
    title: Gone
    waitUntil:
      call: box:GetBox
      acceptors: [{state: failure, matcher: {success: true}}]
      minDelay: 1
      maxDelay: 1
      maxWaitTime: 9
      failure: {usage: "\${{ used }}"}
    catch: [{errorEquals: [WaiterFailed], next: boxes, maxVisits: 2}]`;
const used = [{Region: 'eu-west-2', Resources: ['box b9']}];

/** The run, gone back because a deletion named a box in eu-west-2. */
function named(): Turns {
  const turns = new Turns(naming, {regions: ['eu-west-1', 'eu-west-2']});
  for (const call of turns.calls()) turns.answer(call, {boxes: []});
  turns.answer(turns.call(), {used});
  return turns;
}

describe('what a failed deletion named', () => {
  it('goes to the rows of its Regions, and makes them in use', () => {
    const {state} = named();
    expect([...state.lanes].map((lane) => truthOf(state, lane))).toEqual(['clear', 'in-use']);
  });

  it('stays until a look finds the Region quiet', () => {
    const turns = named();
    const calls = turns.calls();
    expect(turns.lane('eu-west-2').usage).toEqual([{region: 'eu-west-2', resource: 'box b9'}]);
    turns.pass(1000);
    for (const call of calls) turns.answer(call, {boxes: []});
    turns.turn();
    expect(turns.lane('eu-west-2').usage).toEqual([]);
  });
});

it('a Region that a failed deletion named is looked at in the next round, though a fault had stopped it', () => {
  const turns = new Turns(naming, {regions: ['eu-west-1', 'eu-west-2'], program: {attended: true}});
  const [first, second] = turns.calls();
  if (first === undefined || second === undefined) throw new Error('two looks were expected');
  turns.answer(first, {boxes: []});
  turns.refuse(second, faultOf('denied', 'AccessDenied'));
  turns.turn();
  turns.command({do: 'waive', region: 'eu-west-2', typed: 'eu-west-2'});
  turns.answer(turns.call(), {used});
  expect(turns.calls().map(({intent}) => [intent.step, intent.region])).toEqual([
    ['boxes', 'eu-west-1'],
    ['boxes', 'eu-west-2'],
  ]);
});

describe('going back', () => {
  const runbook = `
  - {id: first, title: First, call: box:GetBox}
  - {id: look, title: Look, scope: region, call: box:ListBoxes}
  - id: act
    title: Act
    call: box:GetBox
    catch: [{errorEquals: [Busy], next: look, waitSeconds: 20, maxVisits: 3}]`;

  it('does anew what followed the step, in every Region, and not what came before', () => {
    const turns = new Turns(runbook, {regions: ['eu-west-1', 'eu-west-2']});
    turns.answer(turns.call(), {});
    for (const call of turns.calls()) turns.answer(call, {});
    turns.refuse(turns.call(), faultOf('conflict', 'Busy'));
    expect(turns.turn()).toMatchObject({calls: [], wakeAt: 20_000});
    turns.pass(20_000);
    expect(turns.calls().map(({intent}) => [intent.step, intent.region])).toEqual([
      ['look', 'eu-west-1'],
      ['look', 'eu-west-2'],
    ]);
    expect(turns.state).toMatchObject({round: 2, visits: {act: 1}});
  });

  it('in one Region leaves the others where they are', () => {
    const turns = new Turns(
      `
  - {id: look, title: Look, scope: region, call: box:ListBoxes}
  - id: act
    title: Act
    scope: region
    call: box:GetBox
    catch: [{errorEquals: [Busy], next: look, maxVisits: 3}]`,
      {regions: ['eu-west-1', 'eu-west-2']},
    );
    for (const call of turns.calls()) turns.answer(call, {});
    const [one, other] = turns.calls();
    if (one === undefined || other === undefined) throw new Error('two calls were expected');
    turns.answer(other, {});
    turns.refuse(one, faultOf('conflict', 'Busy'));
    expect(turns.call().intent).toMatchObject({step: 'look', region: one.intent.region});
    expect(turns.state).toMatchObject({round: 1, visits: {[`act ${one.intent.region}`]: 1}});
    expect(turns.lane(other.intent.region).results).toHaveProperty('act');
  });
});
