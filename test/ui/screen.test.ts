import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import type {Answer} from '../../source/engine/model/ports.ts';
import {createScreen} from '../../source/ui/run/run-view.tsx';
import type {View} from '../../source/ui/view.ts';
import {asked, changing, detoured, done, looked, Play, start, typedQuestion} from './run-fixture.ts';
import {hastyClock, keys, paste, Terminal} from './terminal.ts';

let terminal: Terminal;
let view: View;
let interrupts: number;
let stoppedBy: string | undefined;

function open(columns: number, rows: number, env: {[name: string]: string} = {LANG: 'C.UTF-8'}): void {
  terminal = new Terminal(columns, rows);
  interrupts = 0;
  view = createScreen({
    stdout: terminal.stdout,
    stdin: terminal.stdin,
    clock: hastyClock,
    onInterrupt(why) {
      interrupts += 1;
      stoppedBy = why;
    },
    now: () => start + 40_000,
    env,
  });
}

function show(play: Play): Play {
  view.publish(play.state, play.events);
  return play;
}

/** What `promise` came to, if it has already come to something. */
async function settled<T>(promise: Promise<T>): Promise<T | 'open'> {
  return Promise.race([promise, Promise.resolve('open' as const)]);
}

beforeEach(() => open(80, 24));

afterEach(async () => {
  await view.close({state: new Play().begin().state});
});

describe('the whole screen', () => {
  test('says where the run is, what it waits for and what needs a look', async () => {
    show(changing());
    await terminal.shows('me-central-1');
    expect(terminal.rows[0]).toMatch(/Delete the Image Builder.*SIMULATION {3}0:40/);
    expect(terminal.rows[1]).toMatch(
      /123456789012 prod-images .* ops\/kim .* aws .* 34 Regions .* 127\.0\.0\.1:41879/,
    );
    expect(terminal.rows[2]).toContain(' ! Check 33/34 ─ ✓ ─ ● Change 31/34 ─ ○ Approve the deletion ─ ○');
    expect(terminal.rows[5]).toMatch(/me-central-1 +\? denied +\? +\? denied by an SCP/);
    expect(terminal.text).toContain('✓ 28 Regions have nothing in use');
    expect(terminal.rows[23]).toMatch(/q stop$/);
  });

  test('is beside the steps on a wide terminal', async () => {
    terminal.resize(120, 40);
    show(changing());
    await terminal.shows('● Cancel running builds');
    expect(terminal.rows[3]).toMatch(/^ ! Check .*│.*NEEDS YOU +BUILDS +SCHEDULES +NOW/);
  });

  test('leaves nothing behind when the terminal changes its size', async () => {
    show(changing());
    await terminal.shows('me-central-1');
    const untouched = await terminal.atRest();
    const turns = [
      [120, 40],
      [60, 20],
      [100, 30],
      [40, 24],
      [80, 10],
      [150, 60],
      [80, 24],
    ] as const;
    for (const [columns, rows] of turns) {
      terminal.resize(columns, rows);
      // The elapsed time ends a column before the edge, and the hints stand in the last row.
      await terminal.until(
        () => terminal.rows[0]?.length === columns - 1 && /q stop/.test(terminal.rows.at(-1) ?? ''),
      );
      expect(terminal.scrolled).toBe(false);
    }
    await terminal.until((text) => text === untouched);
  });

  test('lets no text of the world act on the terminal', async () => {
    await view.close({state: new Play().begin().state});
    open(80, 24, {LANG: 'C.UTF-8', HANDRAIL_BELL: 'off'});
    const evil = '\u001B]0;owned\u0007\u001B[2J\u001B[1;1HEVIL\r\n\b\u202E\u009B31m';
    const play = new Play().begin({
      runbook: {name: 'x', title: `Title ${evil}`, file: 'x', text: '', sha256: ''},
      identity: {
        account: `1${evil}`,
        arn: `arn:aws:sts::1:assumed-role/${evil}`,
        partition: evil,
        alias: evil,
      },
      regions: [`eu-west-1${evil}`, 'us-east-1'],
      endpoint: `http://${evil}`,
    });
    play.step(1, 'builds', `eu-west-1${evil}`, {summary: `1 ${evil}`, inUse: 1});
    const fault = {kind: 'denied', name: evil, message: evil, remedy: evil} as const;
    play.at(1, {
      type: 'step-started',
      step: 'builds',
      region: 'us-east-1',
      items: [{key: evil, value: null}],
    });
    play.at(1, {type: 'step-failed', step: 'builds', region: 'us-east-1', fault});
    show(play);
    await terminal.shows('EVIL');
    terminal.press(keys.enter);
    await terminal.shows('Stopped by');
    void view.ask({...typedQuestion, message: evil, typeToConfirm: evil}, new AbortController().signal);
    await terminal.shows('Changes');
    expect(terminal.rows[0]).toMatch(/^ Title/);
    for (const sequence of ['\u001B]', '\u001B[2J', '\u001B[1;1H', '\u202E', '\u009B', '\u0007', '\b']) {
      expect(terminal.display.written).not.toContain(sequence);
    }
  });

  test('speaks ASCII where the locale is C', async () => {
    await view.close({state: new Play().begin().state});
    open(80, 24, {LANG: 'C'});
    show(changing());
    await terminal.shows('me-central-1');
    expect(terminal.text).toMatch(/^[\n -~]*$/);
    expect(terminal.rows[2]).toMatch(/^ ! Check 33\/34 - \+ - \* Change /);
  });

  test('draws once for many events', async () => {
    show(looked());
    await terminal.shows('us-east-1');
    await terminal.atRest();
    const before = terminal.display.written.length;
    const play = looked();
    for (let count = 0; count < 500; count += 1) view.publish(play.state, []);
    await terminal.atRest();
    expect(terminal.display.written.length - before).toBeLessThan(200);
  });

  test('drops frames while the terminal does not read', async () => {
    show(looked());
    await terminal.shows('us-east-1');
    terminal.display.hold();
    view.opening('x');
    show(changing());
    await terminal.atRest();
    const before = terminal.display.written.length;
    for (const play of [detoured(), changing(), detoured()]) {
      show(play);
      await terminal.atRest();
    }
    expect(terminal.display.written.length).toBe(before);
    terminal.display.release();
    await terminal.shows('Trying again in');
  });
});

describe('the keyboard', () => {
  test('chooses a Region, opens it and comes back', async () => {
    show(changing());
    await terminal.shows('me-central-1');
    terminal.press(keys.down);
    await terminal.shows('▸ me-central-1');
    terminal.press(keys.enter);
    await terminal.shows('AccessDeniedException, HTTP 403');
    expect(terminal.text).toContain('Ask the organization’s administrator');
    terminal.press(keys.escape);
    await terminal.shows('  NOW');
  });

  test('says how the run goes while a Region covers it, and that it has ended', async () => {
    show(changing());
    await terminal.shows('  NOW');
    terminal.press(keys.enter);
    await terminal.shows('AccessDeniedException');
    expect(terminal.rows.at(-2)).toMatch(
      /^━ ! me-central-1 stopped: denied by an SCP · Cancel running builds: 31 of 34 .*━+$/,
    );
    show(done());
    await terminal.shows('The run has ended: ✓ Done: the role is gone');
    expect(terminal.text).not.toMatch(/q stop/);
    terminal.press(keys.escape);
    await terminal.shows('✓ Done');
  });

  test.each([
    [80, 12],
    [60, 8],
  ])('says so without a rule too, at %i×%i', async (columns, rows) => {
    await view.close({state: new Play().begin().state});
    open(columns, rows);
    show(changing());
    await terminal.shows('  NOW');
    terminal.press(keys.enter);
    await terminal.shows('me-central-1 stopped: denied by an SCP');
    expect(terminal.rows.at(-2)).toMatch(/^ ! me-central-1 stopped/);
    show(done());
    await terminal.until((text) => text.includes('The run has ended: ✓ Done'));
    expect(terminal.scrolled).toBe(false);
  });

  test('scrolls the grid to the last Region', async () => {
    show(changing());
    await terminal.shows('me-central-1');
    terminal.press(' ');
    await terminal.shows('more Regions');
    terminal.press('G');
    await terminal.shows('▸ mx-central-1');
    // What needs the operator does not scroll away.
    expect(terminal.text).toContain('me-central-1');
    expect(terminal.text).toMatch(/\d+ more Regions: 3 working, 2 changed, \d+ clear/);
  });

  test('shows the help from the table of keys', async () => {
    show(changing());
    await terminal.shows('me-central-1');
    terminal.press('?');
    await terminal.shows('open the Region');
    terminal.press(keys.escape);
    await terminal.shows('  NOW');
  });

  test.each([
    ['q', 'q', 'q'],
    ['Ctrl-C', keys.interrupt, undefined],
  ])('%s stops a running run without asking, and is named to it', async (_, key, why) => {
    show(changing());
    await terminal.shows('me-central-1');
    terminal.press(key);
    await terminal.until(() => interrupts > 0);
    expect(interrupts).toBe(1);
    expect(stoppedBy).toBe(why);
  });
});

/** Scrolls the changes of a question to their end. */
async function readToEnd(): Promise<void> {
  terminal.press(keys.end);
  await terminal.shows('y goes ahead, n declines, then Enter:');
}

describe('a question', () => {
  let answer: Promise<Answer>;

  async function ask(question: typeof typedQuestion | 'plan'): Promise<void> {
    const play = show(asked());
    const put = question === 'plan' ? play.state.question : question;
    if (put === undefined) throw new Error('nothing to ask');
    answer = view.ask(put, new AbortController().signal);
    await terminal.shows(' > ');
  }

  test('shows the account, the caller, every change and how many', async () => {
    await ask('plan');
    for (const kind of [
      'Cancel running builds: 6 in 4 Regions',
      'Set schedules to manual: 12 in 3 Regions',
    ]) {
      expect(terminal.text).toContain(kind);
    }
    expect(terminal.text).not.toContain('web-nightly-4');
    terminal.press('v');
    await terminal.shows('6 × imagebuilder:CancelImageCreation');
    expect(terminal.text).toContain('18 changes in 5 Regions');
    for (let row = 0; row < 30; row += 1) terminal.press(keys.down);
    await terminal.shows('web-nightly-4');
    expect(terminal.text).toContain('Account  123456789012 prod-images  ·  aws   SIMULATION');
    expect(terminal.text).toContain('Caller   arn:aws:sts::123456789012:assumed-role/ops/kim');
  });

  test('is not confirmed by Enter, however often', async () => {
    await ask('plan');
    terminal.press(keys.enter);
    await terminal.shows('Enter alone does nothing.');
    terminal.press(keys.enter);
    expect(await settled(answer)).toBe('open');
  });

  test('is confirmed by y and Enter', async () => {
    await ask('plan');
    await readToEnd();
    terminal.press('y');
    await terminal.shows('> y');
    terminal.press(keys.enter);
    expect(await answer).toEqual({accepted: true, by: 'terminal'});
  });

  test.each(['y\r', 'y\n', 'y\r\n'])(
    'is confirmed by y and Enter that came as one piece: %j',
    async (keysOfOneRead) => {
      await ask('plan');
      await readToEnd();
      terminal.press(keysOfOneRead);
      expect(await answer).toEqual({accepted: true, by: 'terminal'});
    },
  );

  test('is confirmed by a name in two pieces, the second with Enter', async () => {
    await ask(typedQuestion);
    terminal.press('AWSService');
    terminal.press('RoleForImageBuilder\r');
    expect(await answer).toMatchObject({accepted: true, typed: 'AWSServiceRoleForImageBuilder'});
  });

  test('takes Ctrl-U and Ctrl-W among other keys as the keys', async () => {
    await ask(typedQuestion);
    terminal.press('wrong\u0015one\u0017AWSServiceRole');
    await terminal.shows('> AWSServiceRole▏');
  });

  test('is confirmed by the exact text and Enter', async () => {
    await ask(typedQuestion);
    terminal.press('AWSServiceRoleForImageBuilde');
    await terminal.shows('> AWSServiceRoleForImageBuilde');
    terminal.press(keys.enter);
    await terminal.shows('the last letter is missing');
    terminal.press('r');
    await terminal.shows('> AWSServiceRoleForImageBuilder');
    terminal.press(keys.enter);
    expect(await answer).toMatchObject({accepted: true, typed: 'AWSServiceRoleForImageBuilder'});
  });

  test('takes a paste that brings its own Enter without the Enter', async () => {
    await ask(typedQuestion);
    terminal.press(paste('AWSServiceRoleForImageBuilder\r'));
    await terminal.shows('The line break at the end was left out');
    expect(terminal.text).toContain('> AWSServiceRoleForImageBuilder▏');
    expect(await settled(answer)).toBe('open');
  });

  test('is declined by Esc and Enter, not by Esc alone', async () => {
    await ask(typedQuestion);
    terminal.press(keys.escape);
    await terminal.shows('Decline?');
    expect(await settled(answer)).toBe('open');
    terminal.press(keys.enter);
    expect(await answer).toEqual({accepted: false, by: 'terminal'});
  });

  test('takes q as text and Ctrl-C as a stop', async () => {
    await ask(typedQuestion);
    terminal.press('q');
    await terminal.shows('> q');
    expect(interrupts).toBe(0);
    terminal.press(keys.interrupt);
    await terminal.until(() => interrupts > 0);
    expect(await settled(answer)).toBe('open');
  });

  test('goes away when it is withdrawn', async () => {
    const play = show(asked());
    const controller = new AbortController();
    answer = view.ask(play.state.question ?? typedQuestion, controller.signal);
    await terminal.shows(' > ');
    controller.abort();
    await terminal.until((text) => !text.includes(' > '));
    expect(await answer).toMatchObject({accepted: false});
  });
});

describe('the end', () => {
  test('stays until q, then leaves a summary in the normal buffer', async () => {
    const {state} = show(done());
    const closed = view.close({state, journal: '/home/kim/run.jsonl', head: 'ab12', next: 'handrail run x'});
    await terminal.shows('✓ Done: the role is gone');
    expect(await settled(closed)).toBe('open');
    terminal.press('q');
    await closed;
    await terminal.until(() => terminal.emulator.buffer.active.type === 'normal');
    await terminal.shows('Journal   /home/kim/run.jsonl');
    expect(terminal.text).toContain('✓ Done: the role is gone');
    expect(terminal.text).toContain('me-central-1: denied by an SCP');
    expect(terminal.text).not.toContain('  NOW');
    expect(terminal.display.written).toContain('\u001B[?25h');
    expect(terminal.keyboard.isRaw).toBe(false);
  });

  test('does not wait when the run was interrupted', async () => {
    const {state} = show(changing().at(9, {type: 'interrupted', signal: 'SIGINT'}));
    await view.close({state, journal: '/home/kim/run.jsonl'});
    await terminal.shows('! Interrupted by SIGINT');
  });

  test('lets the Regions be looked at before leaving', async () => {
    const {state} = show(done());
    const closed = view.close({state});
    await terminal.shows('✓ Done');
    terminal.press(keys.enter);
    await terminal.shows('  NOW');
    terminal.press(keys.escape);
    await terminal.shows('✓ Done');
    terminal.press('q');
    await closed;
  });

  test('survives a terminal that is gone', async () => {
    const {state} = show(changing());
    await terminal.shows('me-central-1');
    terminal.display.emit('error', Object.assign(new Error('EIO'), {code: 'EIO'}));
    expect(interrupts).toBe(1);
    await view.close({state});
  });
});
