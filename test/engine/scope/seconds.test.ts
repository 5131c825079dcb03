import {expect, it} from 'vitest';
import {secondsOf} from '../../../source/engine/scope/seconds.ts';
import type {Scope} from '../../../source/runbook/expression/evaluate.ts';

const variables = {inputs: {wait: 90, never: -1, word: 'soon'}};
const scope: Scope = {root: variables, variables};

it('a number of seconds is given as such or by an expression', () => {
  expect(secondsOf(2.5, scope)).toBe(2.5);
  expect(secondsOf(0, scope)).toBe(0);
  expect(secondsOf('${{ inputs.wait }}', scope)).toBe(90);
});

it('a wait of no length that makes sense is an error, never a wait of 0 or for ever', () => {
  for (const value of [
    '${{ inputs.never }}',
    '${{ inputs.word }}',
    '${{ inputs.absent }}',
    -1,
    NaN,
    Infinity,
  ]) {
    expect(() => secondsOf(value, scope), String(value)).toThrow(Error);
  }
});
