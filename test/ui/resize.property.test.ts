import * as fc from 'fast-check';
import {afterEach, expect, test} from 'vitest';
import {createScreen} from '../../source/ui/run/run-view.tsx';
import type {View} from '../../source/ui/view.ts';
import {changing, detoured, done, looked, Play, start} from './run-fixture.ts';
import {stuckTwice} from './stopped-fixture.ts';
import {hastyClock, Terminal} from './terminal.ts';

const plays = {
  looked: looked(),
  changing: changing(),
  detoured: detoured(),
  stuck: stuckTwice(),
  done: done(),
};
const names = Object.keys(plays) as readonly (keyof typeof plays)[];

let view: View | undefined;

function open(columns: number, rows: number): Terminal {
  const terminal = new Terminal(columns, rows);
  view = createScreen({
    stdout: terminal.stdout,
    stdin: terminal.stdin,
    clock: hastyClock,
    onInterrupt: () => {},
    now: () => start + 40_000,
    // A bell is no part of a frame.
    env: {LANG: 'C.UTF-8', HANDRAIL_BELL: 'off'},
  });
  view.steering?.(() => {});
  return terminal;
}

async function close(): Promise<void> {
  await view?.close({state: new Play().begin().state});
  view = undefined;
}

afterEach(close);

const step = fc.oneof(
  fc.record({columns: fc.integer({min: 20, max: 180}), rows: fc.integer({min: 3, max: 60})}),
  fc.record({play: fc.constantFrom(...names)}),
  fc.record({key: fc.constantFrom('\u001B[B', '\r', '\u001B', 'G', 's', 'a', '?')}),
);

/** Everything that may ever be written besides text: moving, erasing, colors, and modes that are taken back at exit. */
// oxlint-disable-next-line no-control-regex
const allowed = /\u001B\[(?:\d*[ABEGJK]|\d*(?:;\d*)?H|[\d;]*m|\?(?:1049|25|2004|2026)[hl])/g;

// oxlint-disable-next-line no-control-regex
const controls = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/;

test('no sequence of resizes, events and keys leaves a cell behind or a frame higher than the screen', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, {minLength: 1, maxLength: 12}), async (walk) => {
      const size = {columns: 80, rows: 24};
      const terminal = open(size.columns, size.rows);
      let keys = '';
      let shown: keyof typeof plays = 'looked';
      view?.publish(plays.looked.state, plays.looked.events);
      await terminal.shows('SIMULATION');
      for (const turn of walk) {
        if ('play' in turn) {
          shown = turn.play;
          view?.publish(plays[shown].state, []);
        } else if ('key' in turn) {
          // A lone Escape followed by more is another key.
          await terminal.atRest();
          keys += turn.key;
          terminal.press(turn.key);
        } else {
          Object.assign(size, turn);
          terminal.resize(turn.columns, turn.rows);
        }
        expect(terminal.scrolled).toBe(false);
      }
      const seen = await terminal.atRest();
      // Drawn anew from nothing, the same state looks the same.
      terminal.resize(size.columns, size.rows + 1);
      await terminal.atRest();
      terminal.emulator.write('\u001B[H\u001B[J');
      terminal.resize(size.columns, size.rows);
      expect(await terminal.atRest(), JSON.stringify({walk, keys})).toBe(seen);
      expect(terminal.scrolled).toBe(false);
      expect(terminal.display.written.replace(allowed, '')).not.toMatch(controls);
      await close();
    }),
    {numRuns: 15, seed: 20261122},
  );
});

test('everything is put back at the end', async () => {
  const terminal = open(80, 24);
  view?.publish(plays.changing.state, plays.changing.events);
  await terminal.shows('me-central-1');
  await close();
  const {written} = terminal.display;
  // oxlint-disable-next-line no-control-regex
  for (const [, mode = ''] of written.matchAll(/\u001B\[\?(\d+)[hl]/g)) {
    const last = written.lastIndexOf(`\u001B[?${mode}`);
    const put = written[last + `\u001B[?${mode}`.length];
    expect(`${mode}${put}`).toBe(mode === '25' ? '25h' : `${mode}l`);
  }
  expect(terminal.emulator.buffer.active.type).toBe('normal');
  expect(terminal.keyboard.isRaw).toBe(false);
});
