import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import type {Command} from '../../source/engine/decide/operator-commands.ts';
import {attendedConnection} from '../../source/runs/answers/attended-connection.ts';
import {createLinear} from '../../source/ui/plain/linear-view.ts';
import type {View} from '../../source/ui/view.ts';
import {asked, changing, done, looked, Play, start, typedQuestion} from './run-fixture.ts';
import {ManualClock} from './manual-clock.ts';
import {paused, stuck} from './stopped-fixture.ts';
import {Terminal} from './terminal.ts';

let written: string;
let terminal: Terminal;
let clock: ManualClock;
let view: View;
let commands: Command[];
let interrupts: number;

function open(spoken: boolean): void {
  written = '';
  terminal = new Terminal(80, 24);
  clock = new ManualClock();
  commands = [];
  interrupts = 0;
  view = createLinear({
    write: (text) => (written += text),
    echo: (text) => (written += text),
    stdin: terminal.stdin,
    marksPastes: false,
    clock,
    onInterrupt: () => (interrupts += 1),
    now: () => start + 9000,
    spoken,
  });
  view.steering?.((command) => commands.push(command));
}

function show(play: Play): void {
  view.publish(play.state, play.events);
}

/** Presses keys and waits until they have been read. */
async function press(keys: string): Promise<void> {
  terminal.press(keys);
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
}

/** Types a line, and nothing for a moment after it. */
async function type(line: string): Promise<void> {
  await press(`${line}\r`);
  clock.pass(100);
  await new Promise((resolve) => setImmediate(resolve));
}

/** Lets a moment without keys pass, after which a question takes them. */
async function rest(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  clock.pass(700);
  clock.pass(1);
}

beforeEach(() => open(true));

afterEach(() => view.close({state: new Play().begin().state}));

describe('a run that is read out', () => {
  test('says in words what kind of news it is, then where, then what, once for each change', () => {
    show(changing());
    const lines = written.split('\n');
    expect(
      lines.filter((line) => line.startsWith('Attention. Step builds, Region me-central-1: denied')),
    ).toHaveLength(1);
    expect(lines.filter((line) => line.startsWith('Done. Step cancel, Region us-east-1:'))).toHaveLength(1);
    expect(written).not.toMatch(/[✓●○━─│▸]/);
    expect(written).not.toContain('\u001B');
    expect(written).not.toMatch(/\S {3,}\S/);
  });

  test('says a question without signs and columns', () => {
    show(asked());
    expect(written).toContain(': Regions: 29 clear, 5 in use.');
    expect(written).toContain('Cancel running builds: 6 × imagebuilder:CancelImageCreation');
    expect(written).toContain('Account: 123456789012 prod-images, aws, SIMULATION.');
    expect(written).not.toMatch(/[✓●○━─│▸]|\S {2,}\S/);
  });

  test('ends with a summary without signs and columns', async () => {
    const play = done();
    show(play);
    written = '';
    await view.close({state: play.state, journal: '/home/kim/run.jsonl'});
    expect(written).toContain('Done: the role is gone\nRun: 20261122-120000-k3v9');
    expect(written).toContain('Journal: /home/kim/run.jsonl');
  });

  test('repeats nothing when the same state is shown again', () => {
    show(stuck());
    const before = written;
    view.publish(stuck().state, []);
    expect(written).toBe(before);
  });

  test('says what needs the operator, and what can be typed', async () => {
    show(stuck());
    expect(written).toContain('1 Region cannot go on without you');
    await type('retry me-central-1');
    await type('waive me-central-1');
    await type('pause');
    expect(commands).toEqual([
      {do: 'retry', region: 'me-central-1'},
      {do: 'waive', region: 'me-central-1', typed: 'me-central-1'},
      {do: 'pause'},
    ]);
    await type('stop');
    expect(interrupts).toBe(1);
  });

  test('tells where it stands when asked', async () => {
    show(paused(changing()));
    written = '';
    await type('status');
    expect(written).toContain('Regions: 30 clear, 3 in use, 1 unknown.');
    expect(written).toContain('Paused. p goes on.');
  });

  test('explains what it does not know', async () => {
    show(looked());
    await type('delete everything now');
    expect(written).toContain('Type help');
    expect(commands).toEqual([]);
  });
});

const yesOrNo = {kind: 'confirm', step: 'agree', message: 'Go ahead?', changes: []} as const;

describe('an MFA code, typed in a line', () => {
  test.each([true, false])('is asked for by its device, and taken (spoken: %s)', async (spoken) => {
    open(spoken);
    const {mfaCode} = attendedConnection({}, view, new AbortController().signal);
    const code = mfaCode?.('arn:aws:iam::123456789012:mfa/kim', new AbortController().signal);
    await rest();
    expect(written).toContain('What does the MFA device arn:aws:iam::123456789012:mfa/kim show now?');
    expect(written).not.toContain('Type yes');
    expect(written).not.toMatch(/\by goes ahead/);
    await type('yes');
    expect(written).toContain('A code is six digits');
    await type('604817');
    expect(await code).toBe('604817');
  });

  test('is declined by no', async () => {
    const {mfaCode} = attendedConnection({}, view, new AbortController().signal);
    const code = mfaCode?.('arn:aws:iam::123456789012:mfa/kim', new AbortController().signal).catch(
      (error: unknown) => error,
    );
    await rest();
    await type('no');
    expect(await code).toMatchObject({name: 'NoMfaCode'});
  });
});

describe('a decision, typed in a line', () => {
  test('is not made by an empty line or the wrong text', async () => {
    show(looked());
    const answer = view.ask(typedQuestion, new AbortController().signal);
    await rest();
    await type('');
    expect(written).toContain('Enter alone does nothing.');
    await type('yes');
    expect(written).toContain('Not the exact text');
    await type('AWSServiceRoleForImageBuilder');
    expect(await answer).toEqual({accepted: true, by: 'terminal', typed: 'AWSServiceRoleForImageBuilder'});
  });

  test('is declined by no', async () => {
    show(looked());
    const answer = view.ask(typedQuestion, new AbortController().signal);
    await rest();
    await type('no');
    expect(await answer).toEqual({accepted: false, by: 'terminal'});
  });

  test('is not taken for a command', async () => {
    show(looked());
    const answer = view.ask(yesOrNo, new AbortController().signal);
    await rest();
    await type('pause');
    expect(commands).toEqual([]);
    await type('yes');
    expect(await answer).toMatchObject({accepted: true});
  });

  test('takes no line from before it, whole or half', async () => {
    await press('ye');
    const answer = view.ask(yesOrNo, new AbortController().signal);
    await press('s\ryes\rye');
    clock.pass(600);
    await press('s\r');
    clock.pass(600);
    expect(written).not.toContain('y goes ahead');
    await rest();
    expect(written).toContain('What was typed before this line is left out.\ny goes ahead');
    await type('');
    expect(written).toContain('Enter alone does nothing.');
    await type('n');
    expect(await answer).toEqual({accepted: false, by: 'terminal'});
  });

  test('is not made by several lines at once, and they answer no later question', async () => {
    const answer = view.ask(yesOrNo, new AbortController().signal);
    await rest();
    await press('yes\nyes\n');
    await press('yes');
    clock.pass(100);
    expect(written).toContain('Several lines came at once: none of them answers.');
    await type('yes');
    expect(await answer).toMatchObject({accepted: true});
    const later = view.ask(typedQuestion, new AbortController().signal);
    await press('AWSServiceRoleForImageBuilder\r');
    await rest();
    clock.pass(700);
    clock.pass(1);
    await type('');
    expect(written).toContain('Enter alone does nothing.');
    await type('no');
    expect(await later).toMatchObject({accepted: false});
  });

  test.each([
    ['a paste', '\u001B[200~yes\r\u001B[201~', 'The line break at the end was left out'],
    ['Alt with y', '\u001By', 'Decline? The run ends here'],
    ['an arrow before a wrong letter', '\u001B[Ax\r', 'Type y or n.'],
  ])('is not made by %s', async (_, keys, said) => {
    const answer = view.ask(yesOrNo, new AbortController().signal);
    await rest();
    await press(keys);
    clock.pass(100);
    expect(written).toContain(said);
    await press('\u001B\r');
    expect(await answer).toEqual({accepted: false, by: 'terminal'});
  });

  test('takes keys cut anywhere, and shows how they are taken back', async () => {
    const answer = view.ask(yesOrNo, new AbortController().signal);
    await rest();
    written = '';
    await press('nö');
    await press('\u007F\u007F\u001B');
    await press('[Aye');
    await type('s');
    expect(written).toBe('nö\b \b\b \byes\n');
    expect(await answer).toEqual({accepted: true, by: 'terminal'});
  });

  test('is interrupted by Ctrl-C, before and after it takes keys', async () => {
    const controller = new AbortController();
    const answer = view.ask(yesOrNo, controller.signal);
    await press('\u0003');
    expect(interrupts).toBe(1);
    await rest();
    await press('\u0003');
    expect(interrupts).toBe(2);
    controller.abort();
    expect(await answer).toEqual({accepted: false, by: 'nobody'});
  });
});
