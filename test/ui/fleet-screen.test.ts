import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import type {Event} from '../../source/engine/model/events.ts';
import type {FleetAnswer, WaveQuestion} from '../../source/fleet/events.ts';
import type {FleetView} from '../../source/ui/fleet/fleet-view.ts';
import {createFleetScreen} from '../../source/ui/fleet/screen/fleet-screen-view.tsx';
import {accountsOf, FleetPlay, fleetStart, lookedEverywhere} from './fleet-fixture.ts';
import {asked, looked, typedQuestion} from './run-fixture.ts';
import {hastyClock, keys, paste, Terminal} from './terminal.ts';

let terminal: Terminal;
let view: FleetView;
let interrupts: number;
let journals: Map<string, readonly Event[]>;

function open(columns: number, rows: number, env: {[name: string]: string} = {LANG: 'C.UTF-8'}): void {
  terminal = new Terminal(columns, rows);
  interrupts = 0;
  journals = new Map();
  view = createFleetScreen({
    stdout: terminal.stdout,
    stdin: terminal.stdin,
    clock: hastyClock,
    onInterrupt: () => (interrupts += 1),
    now: () => fleetStart + 40_000,
    readRun: (run) => journals.get(run),
    env,
  });
}

function show(play: FleetPlay): FleetPlay {
  view.publish(play.state, play.events);
  return play;
}

/** Shows a wave's question about these accounts. */
function askAbout(
  play: FleetPlay,
  ...ids: readonly string[]
): {question: WaveQuestion; answer: Promise<FleetAnswer>} {
  const question = play.ask(5, ...ids);
  show(play);
  return {question, answer: view.askWave(question, play.state, new AbortController().signal)};
}

const [first = '', second = '', , , busy = '', sixth = '', seventh = ''] = accountsOf(12).map(({id}) => id);

/** The canary was agreed to, and the run of its first account is under way. */
function going(): FleetPlay {
  const play = lookedEverywhere();
  const {wave} = play.ask(5, sixth, seventh);
  return play.at(
    5,
    {type: 'wave-answered', wave, accepted: true, by: 'kim'},
    {type: 'child-started', account: sixth, run: 'run-6'},
  );
}

beforeEach(() => open(80, 24));

afterEach(async () => {
  await view.close({state: new FleetPlay().begin([]).state});
});

describe('the fleet on the screen', () => {
  test('says whose it is, how far it is, and what needs somebody, with one line for one cause', async () => {
    show(lookedEverywhere());
    await terminal.shows('ready to change');
    expect(terminal.rows[0]).toMatch(/^ Delete the Image Builder service-linked role +LIVE +0:40$/);
    expect(terminal.text).toContain('hub 123456789012 as ops/kim');
    expect(terminal.text).toContain('12 accounts, 1 left alone');
    expect(terminal.text).toContain('✓ Look 12/12 ─ ○ Canary');
    expect(terminal.text).toContain('? AccessDenied sts:AssumeRole in 2 accounts');
    expect(terminal.text).toMatch(/\? service-3 .* eu-west-1 could not be checked/);
    expect(terminal.text).toContain('○ 8 accounts ready to change');
    expect(terminal.text).toContain('✓ 1 account with nothing to change');
    expect(terminal.text).toContain('– 1 account left alone: 1 SUSPENDED');
    expect(terminal.rows[23]).toContain('q stop, resumable');
  });

  test('puts a failed account above all others, and calls no unknown one clear', async () => {
    show(lookedEverywhere().wave(9, [sixth], {[sixth]: 'UpdateImagePipeline was denied'}));
    await terminal.shows('NEEDS YOU');
    const text = terminal.text;
    expect(text).toMatch(
      /NEEDS YOU[^]*! service-6 .*failed: UpdateImagePipeline[^]*UNKNOWN[^]*\? AccessDenied/,
    );
    expect(text).toContain('! Canary 1/1');
    expect(text).toContain('failed 1, tolerates 2');
  });

  test.each([
    [40, 24],
    [60, 20],
    [80, 24],
    [80, 10],
    [120, 40],
    [200, 50],
    [30, 6],
  ])('fits %i × %i, and leaves nothing behind of another size', async (columns, rows) => {
    show(lookedEverywhere());
    await terminal.shows('ready to change');
    const untouched = await terminal.atRest();
    terminal.resize(columns, rows);
    await terminal.until(
      (text) => text.split('\n').length === rows && /q stop/.test(terminal.rows.at(-1) ?? ''),
    );
    expect(terminal.scrolled).toBe(false);
    expect(terminal.rows.every((row) => row.length <= columns)).toBe(true);
    terminal.resize(80, 24);
    await terminal.until((text) => text === untouched);
  });

  test('speaks ASCII where the locale is C', async () => {
    await view.close({state: new FleetPlay().begin([]).state});
    open(80, 24, {LANG: 'C'});
    show(lookedEverywhere());
    await terminal.shows('ready to change');
    expect(terminal.text).toMatch(/^[\n -~]*$/);
  });

  test('lets no text of an account act on the terminal', async () => {
    const evil = '\u001B]0;owned\u0007\u001B[2JEVIL\r\n\u202E';
    const play = new FleetPlay().begin([{id: '200000000001', name: evil, ou: evil, tags: {[evil]: evil}}]);
    show(play.look(1, '200000000001', {outcome: 'closed', message: evil, changes: []}));
    await terminal.shows('UNKNOWN');
    terminal.press(keys.down);
    terminal.press(keys.enter);
    await terminal.shows('Stands');
    for (const sequence of ['\u001B]0', '\u001B[2J', '\u202E']) {
      expect(terminal.display.written).not.toContain(sequence);
    }
  });

  test('opens a line into its accounts, and an account that has no run into its reason', async () => {
    show(lookedEverywhere());
    await terminal.shows('AccessDenied');
    terminal.press(keys.down);
    terminal.press(keys.enter);
    await terminal.shows('▸? service-1 ');
    terminal.press(keys.enter);
    await terminal.shows('could not be entered');
    expect(terminal.text).toContain(`${first} service-1`);
    expect(terminal.text.replace(/\s+/g, ' ')).toContain('is not authorized to perform: sts:AssumeRole');
    terminal.press(keys.escape);
    await terminal.shows('▸? service-1 ');
  });

  test.each([
    ['a name', 'service-12', 'service-12'],
    ['an id', second, 'service-2 '],
    ['a unit', 'workloads/dev ready', 'service-6 '],
    ['a tag', 'stage=dev', 'service-4 '],
    ['a state', 'unknown', 'service-3 '],
    ['a cause', 'assumerole', 'AccessDenied sts:AssumeRole in 2 accounts'],
  ])('is filtered by %s', async (_, filter, found) => {
    show(lookedEverywhere());
    await terminal.shows('ready to change');
    terminal.press('/');
    terminal.press(filter);
    await terminal.shows(` / ${filter}`);
    await terminal.shows(found);
    expect(terminal.text).not.toContain('left alone: 1');
    terminal.press(keys.escape);
    await terminal.shows('left alone: 1');
  });

  test('stays a few rows high with 500 accounts, and scrolls through them', async () => {
    const accounts = accountsOf(500);
    const play = new FleetPlay().begin(accounts);
    for (const {id} of accounts) play.look(2, id);
    show(play);
    await terminal.shows('500 accounts ready to change');
    terminal.press(' ');
    await terminal.shows('service-1 ');
    terminal.press(keys.end);
    await terminal.shows('service-500');
  });
});

describe('a wave on the screen', () => {
  test('shows production and outliers first, the operations, and takes the exact text alone', async () => {
    terminal.resize(100, 40);
    const play = lookedEverywhere();
    const {question, answer} = askAbout(play, sixth, busy, seventh);
    await terminal.shows('DECISION ON CANARY: 3 accounts');
    expect(terminal.text).toContain('Change 3 accounts in wave 1, the canary?');
    expect(terminal.text).toContain('6 × imagebuilder:UpdateImagePipeline · 3 × iam:DeleteServiceLinkedRole');
    expect(terminal.text).toMatch(
      /PRODUCTION, 2 accounts[^]*service-5[^]*service-7[^]*OTHERS, 1 account[^]*service-6/,
    );
    terminal.press('AWSServiceRoleForImageBuilder in 2 accounts');
    terminal.press(keys.enter);
    await terminal.shows('> AWSServiceRoleForImageBuilder in 2 accounts');
    terminal.press('\u0015');
    terminal.press(question.typeToConfirm + keys.enter);
    expect(await answer).toEqual({accepted: true, by: 'terminal', typed: question.typeToConfirm});
  });

  test('keeps what was typed while the terminal changes its size, and a paste never sends itself', async () => {
    const {question, answer} = askAbout(lookedEverywhere(), sixth);
    await terminal.shows('> ▏');
    terminal.press('AWSService');
    await terminal.shows('> AWSService▏');
    terminal.resize(40, 24);
    await terminal.until(() => terminal.rows[0]?.length === 39);
    terminal.press(paste(`${question.typeToConfirm.slice('AWSService'.length)}\n`));
    await terminal.until((text) => text.replace(/\s+/g, ' ').includes('was left out: Enter sends it'));
    terminal.resize(120, 40);
    await terminal.shows(`> ${question.typeToConfirm}▏`);
    terminal.press(keys.enter);
    expect(await answer).toMatchObject({accepted: true});
  });

  test('is declined by Esc and Enter, and not by Esc alone', async () => {
    const {answer} = askAbout(lookedEverywhere(), sixth);
    await terminal.shows('> ▏');
    terminal.press(keys.escape);
    await terminal.shows('Decline? The fleet ends here');
    terminal.press('x');
    await terminal.shows('> ▏');
    terminal.press(keys.escape);
    await terminal.shows('Decline?');
    terminal.press(keys.enter);
    expect(await answer).toEqual({accepted: false, by: 'terminal'});
  });

  test('stays while the operator looks at the accounts', async () => {
    const {answer, question} = askAbout(lookedEverywhere(), sixth);
    await terminal.shows('> ▏');
    terminal.press('AWS');
    await terminal.shows('> AWS▏');
    terminal.press('\t');
    await terminal.shows('Tab goes to the answer');
    terminal.press(keys.down);
    await terminal.shows('▸');
    terminal.press('\t');
    await terminal.shows('> AWS▏');
    terminal.press(question.typeToConfirm.slice(3) + keys.enter);
    expect(await answer).toMatchObject({accepted: true});
  });
});

describe("an account's screen in a fleet", () => {
  test('is that of its run, and Esc goes back to the same row', async () => {
    const play = show(going());
    const run = looked();
    view.child({id: sixth}, run.state, run.events);
    await terminal.shows('service-6');
    terminal.press('/service-6\r');
    await terminal.shows('▸● service-6');
    terminal.press(keys.enter);
    await terminal.shows('us-east-1');
    expect(terminal.rows.at(-1)).toContain('q fleet');
    view.publish(play.state, []);
    terminal.press(keys.escape);
    await terminal.shows('▸● service-6');
    expect(interrupts).toBe(0);
  });

  test('is read from the journal when its run is over', async () => {
    const play = lookedEverywhere().wave(9, [sixth]);
    journals.set(`run-${sixth}`, looked().events);
    show(play);
    await terminal.shows('Canary 1/1');
    terminal.press('/service-6\r');
    await terminal.shows('▸✓ service-6');
    terminal.press(keys.enter);
    await terminal.shows('prod-images');
    terminal.press('q');
    await terminal.shows('▸✓ service-6');
    expect(interrupts).toBe(0);
  });

  test('announces a wave that is asked about meanwhile', async () => {
    const play = lookedEverywhere().wave(9, [sixth]);
    journals.set(`run-${sixth}`, looked().events);
    show(play);
    await terminal.shows('Canary 1/1');
    terminal.press('/service-6\r');
    await terminal.shows('▸✓ service-6');
    terminal.press(keys.enter);
    await terminal.shows('prod-images');
    const {question, answer} = askAbout(play, seventh);
    await terminal.shows('! Wave 2 waits for your decision: Esc goes there');
    terminal.press(question.typeToConfirm + keys.enter);
    terminal.press(keys.escape);
    await terminal.shows('> ▏');
    terminal.press(question.typeToConfirm + keys.enter);
    expect(await answer).toMatchObject({accepted: true});
  });

  test('asks what its wave did not agree to, and the list says so', async () => {
    const play = show(going());
    const run = asked();
    view.child({id: sixth}, run.state, run.events);
    const question = {...typedQuestion, typeToConfirm: 'more'};
    play.at(6, {type: 'child-asked', account: sixth, question, covered: false});
    view.publish(play.state, play.events.slice(-1));
    const answer = view.askChild({id: sixth, name: 'service-6'}, question, new AbortController().signal);
    await terminal.shows('1 account asks about more than the wave agreed to');
    expect(terminal.text).toMatch(/NEEDS YOU[^]*! service-6 .*asks about more/);
    terminal.press('d');
    await terminal.shows('Type more to go ahead');
    terminal.press('more\r');
    expect(await answer).toEqual({accepted: true, by: 'terminal', typed: 'more'});
  });
});

describe('leaving a fleet', () => {
  test.each([['q'], [keys.interrupt]])('%j stops it', async (key) => {
    show(lookedEverywhere());
    await terminal.shows('ready to change');
    terminal.press(key);
    await terminal.until(() => interrupts === 1);
  });

  test('stays on the screen at its end, and leaves the summary and the next command', async () => {
    const play = lookedEverywhere().wave(9, [sixth], {[sixth]: 'denied'});
    play.at(10, {type: 'fleet-ended', status: 'failed', message: '1 failed', heads: {}});
    show(play);
    const next = 'handrail fleet report f-20261127T090000Z-k3v9';
    const closed = view.close({state: play.state, journal: '/x.jsonl', next});
    await terminal.shows('! Failed: nothing was changed');
    await terminal.shows(`Next  ${next}`);
    expect(terminal.text).toContain('2 could not be entered');
    terminal.press('q');
    await closed;
    await terminal.shows(`Next        ${next}`);
    expect(interrupts).toBe(0);
  });
});
