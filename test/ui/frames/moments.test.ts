import {expect, test} from 'vitest';
import type {RunQuestion} from '../../../source/engine/model/events.ts';
import type {Fault} from '../../../source/engine/model/fault.ts';
import {atEnd} from '../../../source/replay/player.ts';
import {Timeline} from '../../../source/replay/timeline.ts';
import {createPlainReplay} from '../../../source/ui/replay/replay-plain.ts';
import {createReplayView} from '../../../source/ui/replay/replay-view.tsx';
import {createLinear} from '../../../source/ui/plain/linear-view.ts';
import {createScreen} from '../../../source/ui/run/run-view.tsx';
import type {View} from '../../../source/ui/view.ts';
import type {Closing} from '../../../source/wording/run-summary.ts';
import {asked, changing, Play, regions, start, typedQuestion} from '../run-fixture.ts';
import {expired, paused, stuck, stuckTwice} from '../stopped-fixture.ts';
import {hastyClock, keys, Terminal} from '../terminal.ts';
import {askedAgain, deleting, ended, ending, gone, refused, stopped} from '../whole-fixture.ts';

process.env['TZ'] = 'UTC';

/** A moment of a run at which one glance should answer: where, what it waits for, what it needs, what it did, what a key does. */
interface Moment {
  readonly play: Play;
  /** Seconds since the run began. */
  readonly at: number;
  readonly question?: RunQuestion;
  /** Keys, each with what the screen then shows. */
  readonly presses?: readonly (readonly [key: string, shows: string])[];
  /** News that come after the keys. */
  readonly later?: Play;
  /** The run is left: what stays on the terminal. */
  readonly left?: true;
  readonly size?: readonly [columns: number, rows: number];
  readonly shows: string;
}

const refusedHere: Fault = {
  kind: 'transient',
  name: 'ECONNREFUSED',
  message: 'connect ECONNREFUSED 10.0.0.1:443',
};

/** Every Region has failed for one cause on this host. */
function networkGone(): Play {
  const play = new Play().begin().step(1, 'role', undefined, {summary: 'last used 2026-11-20'});
  for (const region of regions) {
    const place = {step: 'builds', region};
    play.at(2, {type: 'step-started', ...place, items: [{key: '', value: null}]});
    play.at(2, {type: 'step-failed', ...place, fault: refusedHere});
  }
  return play;
}

/** Checks under way in every Region; in one of them a call has not been answered. */
function looking(): Play {
  const play = new Play().begin().step(1, 'role', undefined, {summary: 'last used 2026-11-20'});
  for (const region of regions) {
    const place = {step: 'builds', region};
    play.at(2, {type: 'step-started', ...place, items: [{key: '', value: null}]});
    if (region === 'ca-central-1') play.calls(2, place, '', 'imagebuilder:ListImageBuildVersions');
    else if (region !== 'sa-east-1')
      play.at(3, {type: 'step-succeeded', ...place, output: null, summary: '0 running', inUse: 0});
  }
  return play;
}

const open: readonly (readonly [string, string])[] = [
  ['/', '34 of 34'],
  ['us-east-1', '▸ us-east-1'],
  [keys.enter, ' us-east-1 · '],
];

const confirm = asked().state.question;

const moments: Readonly<Record<string, Moment>> = {
  '01-start': {play: new Play(), at: 0, shows: 'Finding out who is calling'},
  '02-looking': {play: looking(), at: 4, shows: 'ca-central-1'},
  '03-first-decision-120x40': {play: asked(), at: 6, ...asking(confirm), size: [120, 40], shows: ' > '},
  '04-first-decision': {play: asked(), at: 6, ...asking(confirm), shows: ' > '},
  '05-first-decision-60x20': {play: asked(), at: 6, ...asking(confirm), size: [60, 20], shows: ' > '},
  '06-changing': {play: changing(), at: 7, shows: 'me-central-1'},
  '07-waiting-for-builds': {play: ending(), at: 48, shows: 'Wait until every Region'},
  '08-throttled': {play: changing(), at: 12, shows: 'throttled'},
  '09-hung-call': {play: looking(), at: 24, shows: 'ca-central-1'},
  '10-denied': {play: stuckTwice(), at: 9, shows: 'cannot go on without you'},
  '11-waiver': {
    play: stuck(),
    at: 9,
    presses: [['w', 'Type me-central-1']],
    shows: 'cannot go on without you',
  },
  '12-expired-credentials': {play: expired(changing()), at: 9, shows: 'aws sso login'},
  '13-network-gone': {play: networkGone(), at: 5, shows: 'ECONNREFUSED'},
  '14-delete-decision': {play: ended(), at: 60, ...asking(typedQuestion), shows: ' > '},
  '15-deletion-task': {play: deleting(), at: 75, shows: 'next check'},
  '16-refused-wait': {play: refused(), at: 99, shows: 'Trying again'},
  '17-second-decision': {play: askedAgain(), at: 270, ...asking(typedQuestion), shows: ' > '},
  '18-paused': {play: paused(changing()), at: 9, shows: 'Paused'},
  '19-ended-grid': {play: gone(), at: 94, presses: [[keys.enter, 'us-east-1']], shows: 'Done'},
  '20-ended-region-open': {play: deleting(), at: 75, presses: open, later: gone(), shows: 'next check'},
  '21-interrupted-line': {play: stopped(), at: 48, left: true, shows: 'resumed'},
};

function asking(question: RunQuestion | undefined): {readonly question?: RunQuestion} {
  return question === undefined ? {} : {question};
}

/** The screen at a moment. */
async function screenAt(moment: Moment, env: {readonly [name: string]: string}): Promise<string> {
  const {play, at, question, presses = [], later, left = false, size = [80, 24], shows} = moment;
  const terminal = new Terminal(size[0], size[1]);
  const {stdout, stdin} = terminal;
  const view = createScreen({
    stdout,
    stdin,
    clock: hastyClock,
    onInterrupt: () => {},
    now: () => start + at * 1000,
    env,
  });
  view.steering?.(() => {});
  begin(view, play);
  if (question !== undefined) void view.ask(question, new AbortController().signal);
  await terminal.shows(shows);
  for (const [key, then] of presses) {
    terminal.press(key);
    await terminal.until((text) =>
      text.includes(
        then.replace('▸', env['LANG'] === 'C' ? '>' : '▸').replace('·', env['LANG'] === 'C' ? '-' : '·'),
      ),
    );
  }
  if (later !== undefined) {
    view.publish(later.state, later.events);
    await terminal.shows('has ended');
  }
  const text = await terminal.atRest();
  await view.close(left ? closing(play) : {state: new Play().begin().state});
  return left ? terminal.atRest() : text;
}

function closing({state}: Play): Closing {
  const {run = ''} = state.started ?? {};
  return {state, ...journal, next: `handrail resume ${run}`};
}

const journal = {
  journal: '/home/kim/.local/state/handrail/20261122-120000-k3v9.jsonl',
  head: '5f0c2d1e8a514c609d7eaa10b7c5e001'.repeat(2),
};

/** The lines that a screen reader says up to a moment, the last ones of them. */
async function spokenAt({play, at, question, left}: Moment): Promise<string> {
  const terminal = new Terminal(80, 24);
  let said = '';
  const view = createLinear({
    write: (text) => (said += text),
    echo: () => {},
    stdin: terminal.stdin,
    marksPastes: false,
    clock: hastyClock,
    onInterrupt: () => {},
    now: () => start + at * 1000,
    spoken: true,
  });
  view.steering?.(() => {});
  begin(view, play);
  const asked = new AbortController();
  if (question !== undefined) {
    const answer = view.ask(question, asked.signal);
    for (const end = Date.now() + 120_000; !said.includes('then Enter') && Date.now() < end;)
      await new Promise((resolve) => setTimeout(resolve, 5));
    asked.abort();
    await answer;
  }
  const before = said;
  await view.close(left === true ? closing(play) : {state: new Play().begin().state});
  return lastLines(left === true ? said : before);
}

function lastLines(said: string): string {
  return said.trimEnd().split('\n').slice(-14).join('\n');
}

/** A run as another terminal shows it. */
interface Recorded {
  readonly play: Play;
  /** Seconds since the run began; absent: the run has ended, and is replayed. */
  readonly watchedAt?: number;
  /** The events that a replay has come to. */
  readonly upTo?: Play;
  readonly shows: string;
}

const recorded: Readonly<Record<string, Recorded>> = {
  '22-watching': {play: ended(), watchedAt: 60, shows: 'No answer yet'},
  '23-replay': {play: gone(), upTo: ending(), shows: 'REPLAY'},
};

/** The screen of a terminal that looks at the run. */
async function screenBeside({play, watchedAt, upTo = play, shows}: Recorded, lang: string): Promise<string> {
  const terminal = new Terminal(80, 24);
  const {stdout, stdin} = terminal;
  const timeline = new Timeline(play.events);
  const live = atEnd(timeline);
  const count = upTo.events.length;
  const view = createReplayView({
    stdout,
    stdin,
    env: {LANG: lang},
    clock: {...hastyClock, now: () => 0},
    recording: {timeline, journal: journal.journal, head: () => journal.head},
    ...(watchedAt === undefined
      ? {player: {...live, live: false, playing: false, count, played: timeline.playedAt(count)}}
      : {
          player: live,
          now: () => start + watchedAt * 1000,
          follow: () => true,
          holder: {isThere: () => true, ask: () => {}, renew: () => {}, forget: () => {}},
        }),
  });
  await terminal.shows(shows);
  const text = await terminal.atRest();
  view.close();
  await view.done;
  return text;
}

/** The lines in which a terminal that is read aloud has the same run. */
function linesBeside({play, watchedAt}: Recorded): string {
  let said = '';
  const replay = createPlainReplay((text) => (said += text), {
    watching: watchedAt !== undefined,
    spoken: true,
  });
  replay.add(play.events);
  return lastLines(said);
}

function begin(view: View, play: Play): void {
  view.opening('Finding out who is calling');
  if (play.events.length > 0) view.publish(play.state, play.events);
}

test.each(Object.entries(moments))(
  '%s: the screen, the same in ASCII, and read aloud',
  async (name, moment) => {
    const screen = await screenAt(moment, {LANG: 'C.UTF-8'});
    const ascii = await screenAt(moment, {LANG: 'C'});
    await isKept(name, [screen, ascii, await spokenAt(moment)]);
  },
);

test.each(Object.entries(recorded))(
  '%s: the screen beside the run, the same in ASCII, and read aloud',
  async (name, moment) => {
    const screen = await screenBeside(moment, 'C.UTF-8');
    const ascii = await screenBeside(moment, 'C');
    await isKept(name, [screen, ascii, linesBeside(moment)]);
  },
);

async function isKept(
  name: string,
  [screen, ascii, said]: readonly [screen: string, ascii: string, said: string],
): Promise<void> {
  // oxlint-disable-next-line no-control-regex
  expect(ascii).toMatch(/^[\u0000-\u007f]*$/);
  const parts = [screen, '', '==== in ASCII', ascii, '', '==== read aloud, the last lines', said];
  await expect(parts.map((part) => part.trimEnd()).join('\n') + '\n').toMatchFileSnapshot(
    `moments/${name}.txt`,
  );
}
