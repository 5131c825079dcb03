import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {InputEvent} from '../../source/ui/terminal/input-event.ts';
import {KeyDecoder} from '../../source/ui/terminal/key-decoder.ts';

/** Everything that the bytes stand for, read in one piece, and nothing follows. */
function decoded(bytes: string | Uint8Array): readonly string[] {
  const decoder = new KeyDecoder();
  const events = decoder.decode(typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
  return [...events, ...decoder.flush()].map(inWords);
}

function inWords(event: InputEvent): string {
  if (event.kind === 'key') return event.text === undefined ? `<${event.name}>` : event.text;
  return event.kind === 'paste' ? `paste ${JSON.stringify(event.text)}` : event.kind;
}

/** What terminals send, and the key, paste or answer that it is. */
const known: readonly (readonly [string, string])[] = [
  ['y', 'y'],
  ['Y', 'Y'],
  [' ', ' '],
  ['é', 'é'],
  ['日', '日'],
  ['🦀', '🦀'],
  ['\r', '<enter>'],
  ['\t', '<tab>'],
  ['\u007F', '<backspace>'],
  ['\b', '<backspace>'],
  ['\u0003', '<ctrl-c>'],
  ['\u0004', '<ctrl-d>'],
  ['\u0015', '<ctrl-u>'],
  ['\u0017', '<ctrl-w>'],
  ['\u001A', '<ctrl-z>'],
  ['\0', '<ctrl-space>'],
  ['\u001B[A', '<up>'],
  ['\u001B[B', '<down>'],
  ['\u001BOC', '<right>'],
  ['\u001BOD', '<left>'],
  ['\u001B[H', '<home>'],
  ['\u001B[1~', '<home>'],
  ['\u001B[4~', '<end>'],
  ['\u001B[5~', '<pageup>'],
  ['\u001B[6~', '<pagedown>'],
  ['\u001B[3~', '<delete>'],
  ['\u001B[Z', '<shift-tab>'],
  ['\u001B[1;2A', '<shift-up>'],
  ['\u001B[1;3B', '<alt-down>'],
  ['\u001B[1;5C', '<ctrl-right>'],
  ['\u001B[5;5~', '<ctrl-pageup>'],
  ['\u001B[5^', '<ctrl-pageup>'],
  ['\u001B[5$', '<shift-pageup>'],
  ['\u001B[a', '<shift-up>'],
  ['\u001BOa', '<ctrl-up>'],
  ['\u001BO5A', '<ctrl-up>'],
  ['\u001BOP', '<f1>'],
  ['\u001B[[A', '<f1>'],
  ['\u001B[15~', '<f5>'],
  ['\u001B[24~', '<f12>'],
  ['\u001B\r', '<alt-enter>'],
  ['\u001By', '<alt-y>'],
  ['\u001Bé', '<alt-é>'],
  ['\u001B\u007F', '<alt-backspace>'],
  ['\u001B\u0003', '<ctrl-alt-c>'],
  ['\u001B\u001B[A', '<alt-up>'],
  ['\u001B\u001BOA', '<alt-up>'],
  // kitty's protocol
  ['\u001B[13u', '<enter>'],
  ['\u001B[13;3u', '<alt-enter>'],
  ['\u001B[13;2u', '<shift-enter>'],
  ['\u001B[27u', '<escape>'],
  ['\u001B[99;5u', '<ctrl-c>'],
  ['\u001B[121u', 'y'],
  ['\u001B[121;2u', 'Y'],
  ['\u001B[121:89;2u', 'Y'],
  ['\u001B[121;1;121u', 'y'],
  ['\u001B[121;3u', '<alt-y>'],
  ['\u001B[121;9u', '<super-y>'],
  ['\u001B[121;65u', 'y'],
  ['\u001B[121;1:3u', 'reply'],
  ['\u001B[1;1:1A', '<up>'],
  ['\u001B[1;129A', '<up>'],
  ['\u001B[57414u', '<enter>'],
  ['\u001B[57358u', 'unknown'],
  // xterm's modifyOtherKeys
  ['\u001B[27;3;13~', '<alt-enter>'],
  ['\u001B[27;5;121~', '<ctrl-y>'],
  ['\u001B[27;2;89~', 'Y'],
  // answers of the terminal, and what it says by itself
  ['\u001B[I', 'reply'],
  ['\u001B[O', 'reply'],
  ['\u001B[?1;2c', 'reply'],
  ['\u001B[>41;354;0c', 'reply'],
  ['\u001B[24;80R', 'reply'],
  ['\u001B[8;24;80t', 'reply'],
  ['\u001B[?2026;2$y', 'reply'],
  ['\u001B[0n', 'reply'],
  ['\u001B[?0u', 'reply'],
  ['\u001B[<0;10;10M', 'reply'],
  ['\u001B[M !!', 'reply'],
  ['\u001B]10;rgb:ffff/ffff/ffff\u001B\\', 'reply'],
  ['\u001B]11;rgb:0000/0000/0000\u0007', 'reply'],
  ['\u001BP>|XTerm(378)\u001B\\', 'reply'],
  ['\u001BP1+r544e=787465726d\u001B\\', 'reply'],
  ['\u001B_Gi=31;OK\u001B\\', 'reply'],
  ['\u001B^pm\u001B\\', 'reply'],
  ['\u001BXsos\u001B\\', 'reply'],
  // pastes
  ['\u001B[200~AWSServiceRole\u001B[201~', 'paste "AWSServiceRole"'],
  ['\u001B[200~y\r\u001B[201~', 'paste "y\\r"'],
  ['\u001B[200~\u001B[A\u001B\u001B[20~日\n\u001B[201~', 'paste "\\u001b[A\\u001b\\u001b[20~日\\n"'],
  ['\u001B[200~\u001B[201~', 'paste ""'],
  ['\u001B[201~', 'unknown'],
  ['\u001B[99~', 'unknown'],
  ['\u001B[1;2y', 'reply'],
];

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

const atom = fc.constantFrom(...known);
const atoms = fc.array(atom, {maxLength: 8});

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
  }, 120_000);

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
  }, 120_000);

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
  }, 120_000);
});
