import {describe, expect, it} from 'vitest';
import {lookAgainFrom} from '../../../source/engine/evolve/rewind.ts';
import {faultOf, Turns} from '../turns.ts';

const shut =
  '        - {state: success, matcher: {output: {path: lid, expected: SHUT, comparator: stringEquals}}}';
const runbook = `
  - {id: look, title: Look, scope: region, call: box:ListBoxes, output: "\${{ boxes }}"}
  - {id: agree, title: Agree, confirm: {message: Agree.}}
  - id: ship
    title: Ship
    scope: region
    forEach: \${{ steps.look.output }}
    call: box:ShipBox
  - id: shut
    title: Wait until it is shut
    scope: region
    waitUntil:
      call: box:GetBox
      acceptors:
${shut}
      minDelay: 10
      maxDelay: 10
      maxWaitTime: 600
  - {id: sure, title: Sure, confirm: {message: Agree again.}}
  - {id: delete, title: Delete, call: box:DeleteBox}`;

/** A run of the runbook, brought to where its first change is about to be made. */
function agreed(): Turns {
  const turns = new Turns(runbook);
  turns.answer(turns.call(), {boxes: ['a', 'b']});
  turns.agree();
  turns.turn();
  return turns;
}

/** The same, in the middle of its wait. */
function waiting(): Turns {
  const turns = new Turns(runbook);
  turns.answer(turns.call(), {boxes: ['a']});
  turns.agree();
  turns.answer(turns.call(), {});
  turns.answer(turns.call(), {lid: 'OPEN'});
  return turns;
}

describe('where a run that goes on after a while looks again', () => {
  it('is the first of the looks that lead to where it stands', () => {
    const turns = new Turns(runbook);
    turns.answer(turns.call(), {boxes: ['a']});
    turns.turn();
    expect(turns.state.question).toBeDefined();
    expect(lookAgainFrom(turns.state)).toBe('look');
  });

  it('is nowhere in the middle of a change: what was begun is gone on with', () => {
    expect(lookAgainFrom(agreed().state)).toBeUndefined();
  });

  it('is nowhere in the middle of a wait: it looks by itself, and its deadline holds', () => {
    const turns = waiting();
    const deadline = turns.lane('eu-west-1').current?.deadline;
    expect(turns.items('shut', 'eu-west-1')[0]?.status).toBe('waiting');
    expect(lookAgainFrom(turns.state)).toBeUndefined();
    turns.resume(30_000, lookAgainFrom(turns.state));
    turns.turn();
    expect(turns.lane('eu-west-1').current).toMatchObject({step: 'shut', deadline});
  });

  it('is nowhere in the middle of a wait that follows a look', () => {
    const turns = new Turns(`
  - {id: look, title: Look, scope: region, call: box:ListBoxes}
  - id: shut
    title: Wait until it is shut
    scope: region
    waitUntil: {call: box:GetBox, acceptors: [{state: failure, matcher: {success: false}}], minDelay: 10, maxDelay: 10, maxWaitTime: 600}`);
    turns.answer(turns.call(), {});
    turns.answer(turns.call(), {lid: 'OPEN'});
    expect(lookAgainFrom(turns.state)).toBeUndefined();
  });

  it('is never before a change that was made: what is behind it is not done twice', () => {
    const turns = waiting();
    turns.pass(10_000);
    turns.answer(turns.call(), {lid: 'SHUT'});
    turns.turn();
    expect(turns.state.question?.step).toBe('sure');
    expect(lookAgainFrom(turns.state)).toBe('shut');
  });

  it('is nowhere at the very beginning', () => {
    expect(lookAgainFrom(new Turns(runbook).state)).toBeUndefined();
  });
});

describe('a run that is taken back', () => {
  it('forgets what followed, keeps what came before, and asks again', () => {
    const turns = new Turns(runbook);
    turns.answer(turns.call(), {boxes: ['a']});
    turns.turn();
    turns.resume(60_000, 'look');
    expect(turns.lane('eu-west-1').results).toEqual({});
    expect(turns.call().intent.step).toBe('look');
  });

  it('leaves a lane that has not come that far where it is, with what it has under way', () => {
    const regions = ['eu-west-1', 'us-east-1'];
    const turns = new Turns(runbook, {regions});
    const [first, second] = turns.calls();
    if (first === undefined || second === undefined) throw new Error('two looks were expected');
    turns.answer(first, {boxes: ['a']});
    turns.refuse(second, faultOf('throttled', 'Throttling'));
    const before = turns.items('look', 'us-east-1');
    turns.resume(60_000, 'look');
    expect(turns.items('look', 'us-east-1')).toEqual(before);
  });

  it('stays where it is when the step is none of its', () => {
    const turns = waiting();
    const {results} = turns.lane('eu-west-1');
    turns.resume(0, 'nowhere');
    expect(turns.lane('eu-west-1').results).toEqual(results);
  });
});
