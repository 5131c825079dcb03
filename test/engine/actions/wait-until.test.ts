import {describe, expect, it} from 'vitest';
import {faultOf, Turns, typesOf} from '../turns.ts';

function waiting(acceptors: string, maxWaitTime: string, more = ''): Turns {
  return new Turns(
    `
  - {id: look, title: Look, call: box:ListBoxes}
  - id: wait
    title: Wait
    waitUntil: {call: box:GetBox, with: {boxId: b1}, acceptors: [${acceptors}], minDelay: 10, maxDelay: 10, maxWaitTime: ${maxWaitTime}}${more}`,
    {inputs: {most: 30}},
  );
}

const open = '{state: success, matcher: {output: {path: lid, expected: OPEN, comparator: stringEquals}}}';
const missing = '{state: success, matcher: {errorType: NotFound}}';

describe('the time of a wait', () => {
  it('begins when the wait does, not with the run, and may be an input', () => {
    const turns = waiting(open, "'${{ inputs.most }}'");
    turns.pass(100_000);
    turns.answer(turns.call(), {});
    let polls = 0;
    for (let decision = turns.turn(); turns.state.ended === undefined; decision = turns.turn()) {
      for (const call of decision.calls) {
        polls += 1;
        turns.answer(call, {lid: 'SHUT'});
      }
      turns.now = decision.calls.length > 0 ? turns.now : (decision.wakeAt ?? turns.now);
    }
    expect(polls).toBe(4);
    expect(turns.now).toBe(130_000);
    expect(turns.state.ended.message).toContain('not reached within 30 s');
  });

  it('that is no number fails the step, and nothing is polled', () => {
    const turns = waiting(open, "'${{ inputs.none }}'");
    turns.answer(turns.call(), {});
    expect(turns.calls()).toEqual([]);
    expect(turns.lane().fault?.kind).toBe('expression');
  });
});

describe('a poll', () => {
  it('sends what the wait says, as a look', () => {
    const turns = waiting(open, '30');
    turns.answer(turns.call(), {});
    const {intent, request} = turns.call();
    expect(request).toEqual({operation: 'box:GetBox', input: {boxId: 'b1'}});
    expect(intent).toMatchObject({phase: 'poll', effect: 'read'});
    expect(turns.state.steps.map(({does}) => does)).toEqual(['look', 'wait']);
  });

  it('may be answered by an error that the wait is for', () => {
    const turns = waiting(`${open}, ${missing}`, '30');
    turns.answer(turns.call(), {});
    expect(typesOf(turns.refuse(turns.call(), faultOf('not-found', 'NotFound')))).toContain('item-done');
    turns.turn();
    expect(turns.state.ended?.status).toBe('done');
  });
});
