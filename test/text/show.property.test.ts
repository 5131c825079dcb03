import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {show} from '../../source/text/show.ts';
import {width} from '../../source/text/width.ts';

describe('show', () => {
  test('gives one harmless line for any text, and the same again when shown again', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary', maxLength: 60}), (text) => {
        const shown = show(text);
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        expect(show(shown)).toBe(shown);
        expect(width(shown)).toBeLessThanOrEqual(2 * shown.length);
      }),
      {numRuns: 2000},
    );
  });

  test('gives one harmless line for any sequence of controls', () => {
    const pieces = fc.constantFrom(
      '\u001B',
      '[',
      ']',
      '8',
      ';',
      'm',
      '\u0007',
      '\\',
      '\u009B',
      '\u009C',
      'P',
      '\r',
      'a',
      '?',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(pieces, {maxLength: 30}), (parts) => {
        expect(show(parts.join(''))).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }),
      {numRuns: 2000},
    );
  });
});
