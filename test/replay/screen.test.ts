import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import type {Event} from '../../source/engine/model/events.ts';
import {CorruptJournal, readJournal} from '../../source/journal/read.ts';
import {atEnd, atStart, type Player} from '../../source/replay/player.ts';
import {Timeline} from '../../source/replay/timeline.ts';
import {systemClock} from '../../source/ui/terminal/clock.ts';
import {createReplayView, type ReplayView} from '../../source/ui/replay/replay-view.tsx';
import {keys, Terminal} from '../ui/terminal.ts';

const journal = readJournal(new URL('../fixtures/relapse.jsonl', import.meta.url).pathname);
const paused: Player = {...atStart, playing: false};

let terminal: Terminal;
let screen: ReplayView;
/** The watcher's clock (ms): time passes when a test says so. */
let time: number;

function open(player: Player, follow?: {readonly timeline: Timeline; readonly more: () => boolean}): void {
  terminal = new Terminal(80, 24);
  time = 0;
  screen = createReplayView({
    stdout: terminal.stdout,
    stdin: terminal.stdin,
    env: {LANG: 'C.UTF-8'},
    recording: {
      timeline: follow?.timeline ?? new Timeline(journal.events),
      journal: journal.file,
      head: () => journal.head,
    },
    player,
    clock: {...systemClock, now: () => time},
    ...(follow === undefined ? {} : {follow: follow.more}),
  });
}

async function pressed(key: string, seen: string): Promise<void> {
  terminal.press(key);
  await terminal.shows(seen);
}

beforeEach(() => open(paused));

afterEach(async () => {
  screen.close();
  await screen.done;
});

describe('the replay screen', () => {
  test('plays with the time that passes', async () => {
    await terminal.shows('‖ 1×');
    await pressed(' ', '▶ 1×');
    time += 4000;
    await terminal.shows('0:04 / 0:21');
    await pressed(' ', '‖ 1×');
  });

  test('takes every key of the transport, also when several arrive at once', async () => {
    await pressed(']]', 'Verify no image builds');
    await pressed('f', 'Trying again in 8 s');
    await pressed('[', '0:04 / 0:21');
    await pressed('+++', '‖ 8×');
    await pressed('-', '‖ 4×');
    await pressed('9', '0:19 / 0:21');
    await pressed('\u001B[D', '0:13 / 0:21');
    await pressed('\u001B[C', '0:19 / 0:21');
    await pressed('0', '0:00 / 0:21');
    const before = terminal.text;
    terminal.press('.');
    await terminal.until((text) => text !== before);
  });

  test('takes an arrow that comes in two reads for the arrow', async () => {
    await pressed('9', '0:19 / 0:21');
    await pressed('\u001B[D', '0:13 / 0:21');
    terminal.press('\u001B[');
    await terminal.atRest();
    await pressed('C', '0:19 / 0:21');
  });

  test('shows a decision with what came of it, and no field for a reply', async () => {
    const timeline = new Timeline(journal.events);
    const place = journal.events.findIndex(({type}) => type === 'asked') + 1;
    screen.close();
    await screen.done;
    open({...paused, count: place, played: timeline.playedAt(place)});
    await terminal.shows('Builds that are cancelled cannot be continued');
    expect(terminal.text).toMatch(/approved by \S+ at \d\d:\d\d:\d\d/);
    expect(terminal.text).not.toMatch(/ > |goes ahead|then Enter/);
    await pressed('?', 'to the next failure');
    await pressed(keys.escape, 'approved by');
    terminal.press('n\r');
    terminal.press(keys.down);
    await terminal.atRest();
    expect(terminal.text).toContain('approved by');
  });

  test('opens Regions and filters them like a live run', async () => {
    await pressed('f', 'Trying again');
    await pressed('/', '/');
    await pressed('west-2', 'eu-west-2');
    await terminal.until((text) => !text.includes('af-south-1'));
    await pressed(keys.enter, 'Named as still in use');
    await pressed(keys.escape, 'us-west-2');
    await terminal.shows('Trying again');
  });

  test('tells its keys, and none that would steer', async () => {
    terminal.resize(80, 70);
    await pressed('?', 'to the next failure');
    expect(terminal.text).not.toMatch(
      /pause: nothing new starts|go on without a Region|stop after the calls/,
    );
  });

  test('cannot answer, waive, pause or retry anything', async () => {
    await pressed('f', 'Trying again');
    const before = terminal.text;
    for (const key of ['w', 'p', 'r', 'R', 'x', 'y', keys.enter]) terminal.press(key);
    await terminal.until((text) => text !== before);
    expect(terminal.text).not.toContain('Type ');
    expect(terminal.rows[0]).toContain('REPLAY');
  });

  test('never scrolls, and gives the terminal back', async () => {
    for (const [columns, rows] of [
      [40, 24],
      [120, 40],
      [30, 6],
      [80, 24],
    ] as const) {
      terminal.resize(columns, rows);
      terminal.press('5');
      await terminal.shows('REPLAY');
      expect(terminal.scrolled).toBe(false);
    }
    terminal.press('q');
    await screen.done;
    expect(terminal.emulator.buffer.active.type).toBe('normal');
    expect(terminal.keyboard.isRaw).toBe(false);
  });
});

describe('a run that is still going', () => {
  test('shows a decision without a field for a reply: it is made elsewhere', async () => {
    screen.close();
    await screen.done;
    const place = journal.events.findIndex(({type}) => type === 'asked') + 1;
    const timeline = new Timeline(journal.events.slice(0, place));
    open(atEnd(timeline), {timeline, more: () => true});
    await terminal.shows('It is given where the run is, not here');
    expect(terminal.text).not.toMatch(/ > |goes ahead|then Enter/);
    await pressed('?', 'to the next failure');
  });

  test('is seen to be interrupted at a question, and asks no more', async () => {
    screen.close();
    await screen.done;
    const place = journal.events.findIndex(({type}) => type === 'asked') + 1;
    const timeline = new Timeline(journal.events.slice(0, place));
    const at = timeline.stateAt(place).now;
    const written: Event[] = [];
    open(atEnd(timeline), {
      timeline,
      more: () => {
        timeline.append(written.splice(0));
        return true;
      },
    });
    await terminal.shows('It is given where the run is, not here');
    written.push({type: 'interrupted', signal: 'SIGINT', at});
    await terminal.shows('Interrupted by SIGINT: a simulation cannot be resumed');
    expect(terminal.text).toContain('WATCHING: it was interrupted');
    expect(terminal.text).not.toContain('It is given where the run is');
  });

  test('whose journal is no longer to be believed ends the replay, and gives the terminal back', async () => {
    screen.close();
    await screen.done;
    const timeline = new Timeline(journal.events.slice(0, 100));
    open(atEnd(timeline), {
      timeline,
      more: () => {
        throw new CorruptJournal('x.jsonl', 101, 'it was changed');
      },
    });
    await expect(screen.done).rejects.toThrow('x.jsonl:101: it was changed');
    expect(terminal.emulator.buffer.active.type).toBe('normal');
    expect(terminal.keyboard.isRaw).toBe(false);
    open(paused);
  });

  test('is shown as it goes on, and to its end', async () => {
    screen.close();
    await screen.done;
    const timeline = new Timeline(journal.events.slice(0, 100));
    let more = 100;
    open(atEnd(timeline), {
      timeline,
      more: () => {
        timeline.append(journal.events.slice(timeline.length, more));
        return more < journal.events.length;
      },
    });
    await terminal.shows('● live');
    more = new Timeline(journal.events).countAt(2000);
    await terminal.shows('Wait until no build is running');
    more = journal.events.length;
    await terminal.shows('Done: every step is done');
  });
});
