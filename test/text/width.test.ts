import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {cutEnd, cutMiddle, padEnd, padStart, width, wrap} from '../../source/text/width.ts';

const anyText = fc.string({unit: 'grapheme', maxLength: 40});
const columns = fc.integer({min: 0, max: 50});

describe('text by its width', () => {
  test('cuts the end of a name', () => {
    expect(cutEnd('Verify no image builds', 10)).toBe('Verify no…');
    expect(cutEnd('short', 10)).toBe('short');
  });

  test('cuts the middle of an ARN and keeps most of its end', () => {
    const arn = 'arn:aws:imagebuilder:eu-west-1:123456789012:image/base/1.4.2/7';
    const cut = cutMiddle(arn, 30);
    expect(cut).toMatch(/^arn:aws:i….*image\/base\/1\.4\.2\/7$/);
    expect(width(cut)).toBe(30);
  });

  test('never halves a wide character', () => {
    expect(cutEnd('東京都', 4)).toBe('東…');
    expect(padEnd('東京', 6)).toBe('東京  ');
    expect(padStart('東', 4)).toBe('  東');
  });

  test('breaks lines at spaces, at line breaks and, when it must, within a word', () => {
    expect(wrap('cancel the running builds', 11)).toEqual(['cancel the', 'running', 'builds']);
    expect(wrap('one\ntwo', 20)).toEqual(['one', 'two']);
    expect(wrap('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
  });

  test('wraps a character wider than the line without hanging', () => {
    expect(wrap('東京', 1).every((line) => width(line) <= 1)).toBe(true);
  });

  test('never exceeds the columns it is given', () => {
    fc.assert(
      fc.property(anyText, columns, (text, room) => {
        expect(width(cutEnd(text, room))).toBeLessThanOrEqual(room);
        expect(width(cutMiddle(text, room))).toBeLessThanOrEqual(room);
        expect(width(padEnd(text, room))).toBe(room);
        expect(width(padStart(text, room))).toBe(room);
        for (const line of wrap(text, room + 2)) expect(width(line)).toBeLessThanOrEqual(room + 2);
      }),
      {numRuns: 500},
    );
  });
});
