import {describe, expect, it} from 'vitest';
import {outlineOf} from '../../source/engine/outline.ts';
import {Turns} from './turns.ts';

const steps = `
  - group: Find
    when: \${{ inputs.really }}
    steps:
      - {id: first, title: First, call: box:GetBox}
      - {id: second, title: Second, when: '\${{ inputs.more }}', call: box:GetBox}
  - {id: last, title: Last, call: box:GetBox}`;

function results(inputs: {readonly really: unknown; readonly more: unknown}): readonly string[] {
  const turns = new Turns(steps, {inputs: inputs as {readonly really: boolean; readonly more: boolean}});
  for (let [call] = turns.calls(); call !== undefined; [call] = turns.calls()) turns.answer(call, {});
  return ['first', 'second', 'last'].map((id) => turns.lane().results[id]?.status ?? 'not reached');
}

describe('the condition of a group', () => {
  it('that does not hold skips every step in it, and none after it', () => {
    expect(results({really: false, more: true})).toEqual(['skipped', 'skipped', 'succeeded']);
  });

  it('that holds leaves it to the step’s own', () => {
    expect(results({really: true, more: true})).toEqual(['succeeded', 'succeeded', 'succeeded']);
    expect(results({really: true, more: false})).toEqual(['succeeded', 'skipped', 'succeeded']);
  });

  it('that does not hold keeps the step’s own from being worked out', () => {
    expect(results({really: false, more: 'neither'})).toEqual(['skipped', 'skipped', 'succeeded']);
  });

  it('that is neither true nor false stops the run at its first step', () => {
    expect(results({really: 'yes', more: true})[0]).not.toBe('succeeded');
  });
});

it('a step’s group reaches the views and the journal', () => {
  const {program} = new Turns(steps);
  expect(outlineOf(program).map(({group}) => group)).toEqual(['Find', 'Find', undefined]);
});
