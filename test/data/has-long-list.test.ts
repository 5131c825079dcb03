import {describe, expect, it} from 'vitest';
import {hasLongList} from '../../source/data/has-long-list.ts';

const long = Array.from({length: 500}, (_, at) => ({id: at}));

describe('a value with a long list', () => {
  it.each([
    ['the value itself', long],
    ['a member of it', {type: 'step-planned', items: long}],
    ['a member of a member', {type: 'asked', question: {changes: long}}],
  ])('has it as %s', (_, value) => {
    expect(hasLongList(value)).toBe(true);
  });

  it.each([
    ['a short list', {items: long.slice(1)}],
    ['a long text', {summary: 'x'.repeat(100_000)}],
    ['nothing', null],
  ])('is none with %s', (_, value) => {
    expect(hasLongList(value)).toBe(false);
  });
});
