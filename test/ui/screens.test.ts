import {afterEach, describe, expect, test} from 'vitest';
import {createScreen} from '../../source/ui/run/run-view.tsx';
import type {View} from '../../source/ui/view.ts';
import {asked, changing, detoured, done, Play, start, typedQuestion} from './run-fixture.ts';
import {expired, paused, stuck, stuckTwice} from './stopped-fixture.ts';
import {hastyClock, keys, Terminal} from './terminal.ts';

process.env['TZ'] = 'UTC';

let terminal: Terminal;
let view: View;

interface Setting {
  readonly env?: {readonly [name: string]: string};
  /** Seconds since the run began. */
  readonly at?: number;
}

function open(columns: number, rows: number, {env = {LANG: 'C.UTF-8'}, at = 9}: Setting = {}): void {
  terminal = new Terminal(columns, rows);
  view = createScreen({
    stdout: terminal.stdout,
    stdin: terminal.stdin,
    clock: hastyClock,
    onInterrupt: () => {},
    now: () => start + at * 1000,
    env,
  });
  view.steering?.(() => {});
}

/** Shows a run and waits until all of it is on the screen. */
async function show(play: Play, part: string): Promise<void> {
  view.publish(play.state, play.events);
  await terminal.shows(part);
}

/** The screen as a text file that people can read: `npm run screens` writes them anew. */
async function looksLike(name: string): Promise<void> {
  await expect((await terminal.atRest()) + '\n').toMatchFileSnapshot(`screens/${name}.txt`);
}

afterEach(async () => {
  await view.close({state: new Play().begin().state});
});

describe('the run', () => {
  test.each([
    [40, 24],
    [60, 20],
    [80, 24],
    [100, 30],
    [120, 40],
    [150, 40],
    [200, 60],
  ])('at %i×%i', async (columns, rows) => {
    open(columns, rows);
    await show(changing(), 'me-central-1');
    await looksLike(`run-${columns}x${rows}`);
  });

  test('in ASCII, where the locale is C', async () => {
    open(80, 24, {env: {LANG: 'C'}});
    await show(changing(), 'me-central-1');
    await looksLike('run-ascii');
  });

  test('while it waits to go back', async () => {
    open(80, 24, {at: 49});
    await show(detoured(), 'Trying again');
    await looksLike('going-back');
  });

  test.each([
    ['live', {live: true}],
    ['live-plan', {live: true, mode: 'plan'}],
    ['simulation-plan', {mode: 'plan'}],
  ] as const)('in the mode %s, without color', async (name, change) => {
    open(80, 24, {env: {LANG: 'C.UTF-8', NO_COLOR: '1'}});
    await show(new Play().begin(change), 'not checked yet');
    await looksLike(`mode-${name}`);
  });
});

describe('the Regions', () => {
  test('filtered', async () => {
    open(80, 24);
    await show(changing(), 'me-central-1');
    terminal.press('/');
    await terminal.shows('34 of 34');
    terminal.press('eu-');
    await terminal.shows('▏  8 of 34');
    await looksLike('filter');
  });

  test('by name, only problems', async () => {
    open(80, 24);
    await show(changing(), 'me-central-1');
    terminal.press('s');
    await terminal.shows('by name');
    terminal.press('a');
    await terminal.shows('only problems');
    await looksLike('only-problems');
  });

  test.each([
    [80, 24, 'me-central-1'],
    [80, 24, 'us-east-1'],
    [120, 40, 'us-east-1'],
  ])('opened at %i×%i: %s', async (columns, rows, region) => {
    open(columns, rows);
    await show(changing(), 'me-central-1');
    terminal.press('/');
    await terminal.shows('34 of 34');
    terminal.press(region);
    await terminal.shows('▏  1 of 34');
    terminal.press(keys.enter);
    await terminal.shows(` ${region} · `);
    await looksLike(`region-${region}-${columns}x${rows}`);
  });
});

describe('what needs the operator', () => {
  test.each([
    ['stuck', stuck],
    ['stuck-twice', stuckTwice],
  ])('%s', async (name, play) => {
    open(80, 24);
    await show(play(), 'cannot go on without you');
    await looksLike(name);
  });

  test('a pause', async () => {
    open(80, 24);
    await show(paused(changing()), 'Paused');
    await looksLike('paused');
  });

  test('expired credentials', async () => {
    open(80, 24);
    await show(expired(changing()), 'aws sso login');
    await looksLike('paused-credentials');
  });

  test('a waiver', async () => {
    open(80, 24);
    await show(stuck(), 'cannot go on without you');
    terminal.press('w');
    await terminal.shows('Type me-central-1');
    await looksLike('waiver');
  });

  test.each([
    [80, 24],
    [40, 24],
    [120, 40],
  ])('a plan at %i×%i', async (columns, rows) => {
    open(columns, rows);
    const play = asked();
    view.publish(play.state, play.events);
    void view.ask(play.state.question ?? typedQuestion, new AbortController().signal);
    await terminal.shows(' > ');
    await looksLike(`plan-${columns}x${rows}`);
  });

  test('a name to be typed', async () => {
    open(80, 24);
    const play = asked();
    view.publish(play.state, play.events);
    void view.ask(typedQuestion, new AbortController().signal);
    await terminal.shows(' > ');
    terminal.press('AWSService');
    await terminal.shows('> AWSService');
    await looksLike('typed-name');
  });
});

test.each([
  [80, 24],
  [120, 40],
])('the help at %i×%i', async (columns, rows) => {
  open(columns, rows);
  await show(changing(), 'me-central-1');
  terminal.press('?');
  await terminal.shows('The run');
  await looksLike(`help-${columns}x${rows}`);
});

test('the result', async () => {
  open(80, 24, {at: 94});
  const play = done();
  view.publish(play.state, play.events);
  void view.close({state: play.state, journal: '/home/kim/.local/state/handrail/run.jsonl', head: 'ab12'});
  await terminal.shows('Done');
  await looksLike('result');
});
