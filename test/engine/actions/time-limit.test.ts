import {describe, expect, it} from 'vitest';
import {faultOf, Turns} from '../turns.ts';

function limited(timeoutSeconds: string, more = ''): Turns {
  return new Turns(
    `
  - id: look
    title: Look
    forEach: \${{ inputs.boxes }}
    maxConcurrency: 1
    call: box:GetBox
    timeoutSeconds: ${timeoutSeconds}
    retry: [{errorEquals: [Busy], maxAttempts: 9, intervalSeconds: 30}]${more}`,
    {inputs: {boxes: ['b1', 'b2'], most: 20}},
  );
}

const busy = faultOf('conflict', 'Busy', 'still busy');

describe('a step whose time is up', () => {
  it('starts nothing more, and says of each item what its last try came to', () => {
    const turns = limited('20');
    turns.refuse(turns.call(), busy);
    expect(turns.turn().wakeAt).toBe(20_000);
    turns.pass(20_000);
    expect(turns.calls()).toEqual([]);
    const failures = turns.events.flatMap((event) => (event.type === 'item-failed' ? [event] : []));
    expect(failures.map(({item, fault}) => [item, fault.name, fault.message])).toEqual([
      ['b1', 'StepTimedOut', 'Look: not done within its time; the last try said: still busy'],
      ['b2', 'StepTimedOut', 'Look: not done within its time'],
    ]);
    expect(turns.state.ended?.status).toBe('failed');
  });

  it('can be caught as a timeout', () => {
    const turns = limited('20', '\n    catch: [{errorEquals: [StepTimedOut], next: end, message: enough}]');
    turns.refuse(turns.call(), busy);
    turns.pass(20_000);
    turns.turn();
    expect(turns.state.ended).toMatchObject({status: 'done', message: 'enough'});
  });

  it('still takes the answer of a call that is under way', () => {
    const turns = limited('20');
    const call = turns.call();
    turns.pass(30_000);
    turns.turn();
    expect(turns.state.ended).toBeUndefined();
    turns.answer(call, {});
    turns.turn();
    const done = turns.events.flatMap((event) => (event.type === 'item-done' ? [event.item] : []));
    expect(done).toEqual(['b1']);
  });
});

it('a time limit may be an input, and one that is no number fails the step before anything is sent', () => {
  const turns = limited("'${{ inputs.most }}'");
  turns.refuse(turns.call(), busy);
  expect(turns.turn().wakeAt).toBe(20_000);
  const wrong = limited("'${{ inputs.boxes }}'");
  expect(wrong.calls()).toEqual([]);
  expect(wrong.lane().fault?.kind).toBe('expression');
});
