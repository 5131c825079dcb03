import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {KeyDecoder} from '../../source/ui/terminal/key-decoder.ts';
import {decoded, inWords, known} from './decoded.ts';

const atom = fc.constantFrom(...known);
const atoms = fc.array(atom, {maxLength: 8});

describe('wherever the reads are cut', () => {
  test('any keys, joined and cut anywhere, are the same keys', () => {
    fc.assert(
      fc.property(atoms, fc.array(fc.nat(400), {maxLength: 12}), (list, places) => {
        const all = Buffer.from(list.map(([bytes]) => bytes).join(''));
        const cuts = [0, ...places.map((place) => place % (all.length + 1)), all.length].toSorted(
          (a, b) => a - b,
        );
        const decoder = new KeyDecoder();
        const events = cuts.flatMap((cut, index) =>
          decoder.decode(all.subarray(cut, cuts[index + 1] ?? cut)),
        );
        expect([...events, ...decoder.flush()].map(inWords)).toEqual(list.map(([, event]) => event));
      }),
      {numRuns: 12_000},
    );
  });

  test('any bytes at all leave a keyboard that works', () => {
    fc.assert(
      fc.property(fc.uint8Array({maxLength: 40}), fc.nat(40), (bytes, at) => {
        const cut = at % (bytes.length + 1);
        const decoder = new KeyDecoder();
        const events = [...decoder.decode(bytes.subarray(0, cut)), ...decoder.decode(bytes.subarray(cut))];
        expect([...events, ...decoder.flush()].map(inWords)).toEqual(decoded(bytes));
        expect(decoder.decode(Uint8Array.of(0x03)).map(inWords)).toContain('<ctrl-c>');
      }),
      {numRuns: 5000},
    );
  });

  test('no sequence that begins with an escape is taken for Enter, or types', () => {
    fc.assert(
      fc.property(fc.uint8Array({minLength: 1, maxLength: 12}), (bytes) => {
        const [first] = new KeyDecoder().decode(Uint8Array.of(0x1b, ...bytes));
        if (first?.kind !== 'key' || decoded(Uint8Array.of(0x1b, ...bytes))[0] !== inWords(first)) return;
        if (/^\[[\d;:]*u$/.test(Buffer.from(bytes).toString())) return;
        expect(first.text).toBeUndefined();
        expect(first.name).not.toBe('enter');
      }),
      {numRuns: 5000},
    );
  });
});
