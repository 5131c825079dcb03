import {expect, test} from 'vitest';
import type {RunQuestion} from '../../../source/engine/model/events.ts';
import type {Fault} from '../../../source/engine/model/fault.ts';
import {createLinear} from '../../../source/ui/plain/linear-view.ts';
import {createScreen} from '../../../source/ui/run/run-view.tsx';
import type {View} from '../../../source/ui/view.ts';
import {
  asked,
  changing,
  detoured,
  done,
  looked,
  Play,
  regions,
  start,
  typedQuestion,
} from '../run-fixture.ts';
import {expired, paused, stuck, stuckTwice} from '../stopped-fixture.ts';
import {hastyClock, keys, Terminal} from '../terminal.ts';

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
  readonly size?: readonly [columns: number, rows: number];
  readonly shows: string;
}

const gone: Fault = {kind: 'transient', name: 'ECONNREFUSED', message: 'connect ECONNREFUSED 10.0.0.1:443'};

/** Every Region has failed for one cause on this host. */
function networkGone(): Play {
  const play = new Play().begin().step(1, 'role', undefined, {summary: 'last used 2026-11-20'});
  for (const region of regions) {
    const place = {step: 'builds', region};
    play.at(2, {type: 'step-started', ...place, items: [{key: '', value: null}]});
    play.at(2, {type: 'step-failed', ...place, fault: gone});
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

function deletionAsked(play = looked()): Play {
  return play.at(40, {type: 'asked', question: typedQuestion});
}

/** The deletion is under way, and polled. */
function deleting(): Play {
  const place = {step: 'deleted'};
  return looked()
    .at(30, {type: 'step-started', ...place, items: [{key: '', value: null}]})
    .calls(31, place, '', 'iam:GetServiceLinkedRoleDeletionStatus', {ok: true, nextPollAt: start + 40_000});
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
  '14-delete-decision': {play: deletionAsked(), at: 44, ...asking(typedQuestion), shows: ' > '},
  '15-deletion-task': {play: deleting(), at: 35, shows: 'next check'},
  '16-refused-wait': {play: detoured(), at: 49, shows: 'Trying again'},
  '17-second-decision': {play: deletionAsked(detoured()), at: 44, ...asking(typedQuestion), shows: ' > '},
  '18-paused': {play: paused(changing()), at: 9, shows: 'Paused'},
  '19-ended-grid': {play: done(), at: 94, presses: [[keys.enter, 'us-east-1']], shows: 'Done'},
  '20-ended-region-open': {play: changing(), at: 9, presses: open, later: done(), shows: 'me-central-1'},
};

function asking(question: RunQuestion | undefined): {readonly question?: RunQuestion} {
  return question === undefined ? {} : {question};
}

/** The screen at a moment. */
async function screenAt(moment: Moment, env: {readonly [name: string]: string}): Promise<string> {
  const {play, at, question, presses = [], later, size = [80, 24], shows} = moment;
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
  const closed = view.close({state: new Play().begin().state});
  await closed;
  return text;
}

/** The lines that a screen reader says up to a moment, the last ones of them. */
async function spokenAt({play, at, question}: Moment): Promise<string> {
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
    for (const end = Date.now() + 20_000; !said.includes('then Enter') && Date.now() < end;)
      await new Promise((resolve) => setTimeout(resolve, 5));
    asked.abort();
    await answer;
  }
  const lines = said.trimEnd().split('\n');
  await view.close({state: new Play().begin().state});
  return lines.slice(-14).join('\n');
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
    // oxlint-disable-next-line no-control-regex
    expect(ascii).toMatch(/^[\u0000-\u007f]*$/);
    const parts = [
      screen,
      '',
      '==== in ASCII',
      ascii,
      '',
      '==== read aloud, the last lines',
      await spokenAt(moment),
    ];
    await expect(parts.map((part) => part.trimEnd()).join('\n') + '\n').toMatchFileSnapshot(
      `moments/${name}.txt`,
    );
  },
);
