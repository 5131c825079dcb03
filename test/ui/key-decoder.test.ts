import {describe, expect, test} from 'vitest';
import {KeyDecoder} from '../../source/ui/terminal/key-decoder.ts';
import {decoded, inWords, known} from './decoded.ts';

describe('bytes that terminals send', () => {
  test.each(known)('%j is %s', (bytes, event) => {
    expect(decoded(bytes)).toEqual([event]);
  });

  test('several keys of one read are several keys', () => {
    expect(decoded('y\r')).toEqual(['y', '<enter>']);
    expect(decoded('AWS\u0015n\t\r')).toEqual(['A', 'W', 'S', '<ctrl-u>', 'n', '<tab>', '<enter>']);
    expect(decoded('\u001B[A\u001B[Bx')).toEqual(['<up>', '<down>', 'x']);
  });

  test('a line feed is Enter, and one with a carriage return before it is not a second', () => {
    expect(decoded('y\n')).toEqual(['y', '<enter>']);
    expect(decoded('y\r\n\n')).toEqual(['y', '<enter>', '<enter>']);
  });

  test('an escape is the key when nothing follows, and once for each', () => {
    expect(decoded('\u001B')).toEqual(['<escape>']);
    expect(decoded('\u001B\u001B')).toEqual(['<escape>', '<escape>']);
    expect(decoded('\u001B\u001B\u001B[A')).toEqual(['<escape>', '<alt-up>']);
    expect(decoded('\u001B\u001By')).toEqual(['<escape>', '<alt-y>']);
  });

  test.each(['[', 'O', ']', 'P', '_', '^', 'X'])(
    'an escape with %s and no more is a key with Alt',
    (letter) => {
      expect(decoded(`\u001B${letter}`)).toEqual([`<alt-${letter}>`]);
      expect(decoded(`\u001B${letter}\r`)).toEqual([`<alt-${letter}>`, '<enter>']);
    },
  );

  test('a string that never ends gives the keyboard back', () => {
    expect(decoded('\u001B]11;rgb\u0003')).toEqual(['<alt-]>', '<ctrl-c>']);
    expect(decoded('\u001B]11;rgb\u001B[A')).toEqual(['<alt-]>', '<up>']);
    expect(decoded(`\u001B]1${'0'.repeat(10_000)}`)).toContain('<alt-]>');
  });

  test('Ctrl-C gets out of a paste whose end was lost', () => {
    expect(decoded('\u001B[200~name\u0003q')).toEqual(['<ctrl-c>', 'q']);
  });

  test('a paste is kept up to a length', () => {
    const [event] = new KeyDecoder().decode(Buffer.from(`\u001B[200~${'a'.repeat(200_000)}\u001B[201~`));
    expect(event).toMatchObject({kind: 'paste'});
    expect(event?.kind === 'paste' && event.text.length).toBeLessThan(70_000);
  });

  test('bytes that are no text are no key', () => {
    expect(decoded(Uint8Array.of(0xc3, 0x79))).toEqual(['unknown', 'y']);
    expect(decoded(Uint8Array.of(0xff, 0x9b, 0x79))).toEqual(['unknown', 'unknown', 'y']);
    expect(decoded(Uint8Array.of(0xe0, 0x80, 0x80))).toEqual(['unknown']);
    expect(decoded('\u009B')).toEqual(['unknown']);
  });
});

describe('wherever the reads are cut', () => {
  test('every sequence, cut at every byte, is the same', () => {
    for (const [bytes, event] of known) {
      const all = Buffer.from(bytes);
      for (let cut = 0; cut <= all.length; cut += 1) {
        const decoder = new KeyDecoder();
        const events = [...decoder.decode(all.subarray(0, cut)), ...decoder.decode(all.subarray(cut))];
        expect([...events, ...decoder.flush()].map(inWords), `${JSON.stringify(bytes)} at ${cut}`).toEqual([
          event,
        ]);
      }
    }
  });
});
