import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import stringWidth from 'string-width';
import {mark, plainText, show} from '../../source/text/show.ts';

describe('show', () => {
  test.each([
    ['a color', 'a\u001B[31mb', `a${mark}b`],
    ['a cursor move', 'a\u001B[2;5Hb', `a${mark}b`],
    ['a cleared screen', '\u001B[2Jgone', `${mark}gone`],
    ['a window title', '\u001B]0;owned\u0007name', `${mark}name`],
    ['a clipboard write', '\u001B]52;c;cm0gLXJm\u001B\\name', `${mark}name`],
    ['a hyperlink', '\u001B]8;;http://evil\u0007here\u001B]8;;\u0007', `${mark}here${mark}`],
    ['an OSC without its end', '\u001B]0;rest', `${mark}0;rest`],
    ['an OSC of one byte', '\u009D0;t\u009Cname', `${mark}name`],
    ['a CSI of one byte', 'a\u009B31mb', `a${mark}b`],
    ['a device control string', '\u001BPq#0\u001B\\x', `${mark}x`],
    ['a bare escape at the end', 'a\u001B', `a${mark}`],
    ['carriage return and backspace', 'safe\rEVIL\b\b', `safe EVIL${mark}`],
    ['a bell and a null', 'a\u0007\u0000b', `a${mark}b`],
    ['line breaks of all kinds', 'a\nb\r\nc\u2028d\u0085e\tf', 'a b c d e f'],
    ['bidi overrides', 'user\u202Egnp.exe', `user${mark}gnp.exe`],
    ['zero width', 'ad\u200Bmin\uFEFF', `ad${mark}min${mark}`],
    ['tag characters', 'a\u{E0041}\u{E0042}b', `a${mark}b`],
    ['a lone surrogate', 'a\uD800b', `a${mark}b`],
    ['a joined emoji', '\u{1F468}\u200D\u{1F469}', `\u{1F468}${mark}\u{1F469}`],
    ['a mark on nothing', '\u0301a', `${mark}a`],
  ])('leaves nothing to act on of %s', (_, text, shown) => {
    expect(show(text)).toBe(shown);
  });

  test('keeps plain, accented and wide text', () => {
    expect(show('arn:aws:imagebuilder:eu-west-1:1:image/a')).toBe('arn:aws:imagebuilder:eu-west-1:1:image/a');
    expect(show('Zürich 東京 ✓')).toBe('Zürich 東京 ✓');
  });

  test('takes only for plain what it would leave alone, at a column a character', () => {
    const all = Array.from({length: 0xfffe}, (_, code) => String.fromCharCode(code + 1));
    const plain = all.filter((character) => plainText.test(character));
    expect(plain.length).toBeGreaterThan(95);
    fc.assert(
      fc.property(fc.string({unit: fc.constantFrom(...plain), maxLength: 20}), (text) => {
        // The accent takes the long way.
        expect(show(`${text}é`)).toBe(`${text}é`);
        expect(stringWidth(text)).toBe(text.length);
      }),
    );
  });

  test('lets no tower of marks grow', () => {
    expect(show('x' + '\u0335'.repeat(50)).length).toBeLessThanOrEqual(3);
  });

  test('cuts what no screen could hold', () => {
    expect(show('x'.repeat(1_000_000)).length).toBeLessThan(10_000);
  });
});
