import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import type {Answer} from '../../source/engine/model/ports.ts';
import type {Command} from '../../source/engine/decide/operator-commands.ts';
import {quiet} from '../../source/ui/question/question-gate.ts';
import {createScreen} from '../../source/ui/run/run-view.tsx';
import type {View} from '../../source/ui/view.ts';
import {frame, ManualClock} from './manual-clock.ts';
import {asked, looked, Play, start, typedQuestion} from './run-fixture.ts';
import {stuck} from './stopped-fixture.ts';
import {keys, paste, Terminal} from './terminal.ts';

let terminal: Terminal;
let view: View;
let clock: ManualClock;
let answers: Answer[];
let commands: Command[];

beforeEach(() => {
  terminal = new Terminal(80, 24);
  clock = new ManualClock(frame);
  answers = [];
  commands = [];
  view = createScreen({
    stdout: terminal.stdout,
    stdin: terminal.stdin,
    clock,
    onInterrupt: () => {},
    now: () => start + 40_000,
    env: {LANG: 'C.UTF-8'},
  });
  view.steering?.((command) => commands.push(command));
});

afterEach(async () => {
  terminal.display.release();
  await view.close({state: new Play().begin().state});
});

async function show(play: Play, seen: string): Promise<void> {
  view.publish(play.state, play.events);
  await terminal.shows(seen);
}

/** Puts a question as a run does. */
function ask(): void {
  const {question} = asked().state;
  if (question === undefined) throw new Error('the fixture asks nothing');
  void view.ask(question, new AbortController().signal).then((answer) => answers.push(answer));
}

async function press(bytes: string): Promise<void> {
  terminal.press(bytes);
  await terminal.atRest();
}

const early = 'Press nothing for a moment';
const field = ' > ▏';

/** Lets the moment without keys pass, until the reply field is there. */
async function opens(): Promise<void> {
  await terminal.until((text) => {
    if (text.includes(field)) return true;
    clock.pass(quiet);
    return false;
  });
}

describe('a question that comes while something else is typed', () => {
  test('takes none of the keys meant for a filter, and says that it waits', async () => {
    await show(looked(), '  NOW');
    await press('/');
    await press('gatewa');
    ask();
    await terminal.shows('A decision waits');
    await press('y\r');
    expect(answers).toEqual([]);
    expect(terminal.text).toContain('gateway');
    clock.pass(quiet);
    await opens();
    await press(keys.end);
    await press('y\r');
    expect(answers).toEqual([{accepted: true, by: 'terminal'}]);
  });

  test('takes none of the keys of an opened Region: neither Esc and Enter nor Esc alone', async () => {
    await show(looked(), '  NOW');
    await press(keys.down);
    await press(keys.enter);
    await terminal.shows('Esc back');
    ask();
    terminal.press(keys.escape);
    clock.pass(100);
    await terminal.shows('  NOW');
    await press(keys.enter);
    clock.pass(quiet);
    await terminal.shows(early);
    await press('\u001B\r');
    await press(keys.enter);
    expect(answers).toEqual([]);
    expect(terminal.text).not.toContain('Decline?');
    await opens();
  });

  test('takes no key of a waiver that is being typed, and leaves what was typed of it', async () => {
    await show(stuck(), 'cannot go on without you');
    await press('w');
    await press('me-cent');
    ask();
    await press('y\r');
    expect(answers).toEqual([]);
    expect(commands).toEqual([]);
    clock.pass(quiet);
    await opens();
    await press('n\r');
    expect(answers).toEqual([{accepted: false, by: 'terminal'}]);
    expect(terminal.text).toContain('Type me-central-1');
    clock.pass(quiet);
    await terminal.shows('me-centy▏');
  });

  test('comes up at once with Tab, and takes the keys after it', async () => {
    await show(looked(), '  NOW');
    await press('/');
    await press('gate');
    ask();
    await terminal.shows('A decision waits');
    await press('\t');
    await terminal.shows(field);
    await press(keys.end);
    await press('y\r');
    expect(answers).toEqual([{accepted: true, by: 'terminal'}]);
  });
});

describe('a question that comes up by itself', () => {
  test('takes no key in its first moment, and every key prolongs it', async () => {
    await show(looked(), '  NOW');
    clock.pass(60_000);
    ask();
    await terminal.shows(early);
    for (let times = 0; times < 5; times += 1) {
      clock.pass(quiet - 1);
      await press('y\r');
    }
    expect(answers).toEqual([]);
    await opens();
    await press(keys.end);
    await press('y\r');
    expect(answers).toHaveLength(1);
  });

  test('takes no paste either', async () => {
    await show(looked(), '  NOW');
    ask();
    await terminal.shows(early);
    await press(paste('y'));
    await opens();
    expect(terminal.text).not.toContain('> y');
  });

  test('takes no key before the terminal has shown it', async () => {
    await show(looked(), '  NOW');
    clock.pass(60_000);
    terminal.display.hold();
    ask();
    await terminal.atRest();
    clock.pass(60_000);
    await press('y\r');
    clock.pass(60_000);
    await press('y\r');
    expect(answers).toEqual([]);
    terminal.display.release();
    await opens();
    await press(keys.end);
    await press('y\r');
    expect(answers).toHaveLength(1);
  });

  test('can still be scrolled, and the run stopped', async () => {
    await show(looked(), '  NOW');
    ask();
    await terminal.shows(early);
    await press(keys.down);
    expect(terminal.text).toMatch(/lines 2–/);
  });
});

describe('a waiver', () => {
  test('takes nothing that came with the key that opened it', async () => {
    await show(stuck(), 'cannot go on without you');
    await press('wme-central-1\r');
    await terminal.shows(field);
    expect(commands).toEqual([]);
    await press('me-central-1');
    await press('\r');
    expect(commands).toEqual([{do: 'waive', region: 'me-central-1', typed: 'me-central-1'}]);
  });

  test('is left by Esc with Enter soon after it, whatever was typed', async () => {
    await show(stuck(), 'cannot go on without you');
    await press('w');
    await terminal.shows(field);
    await press('me-central-1');
    await press('\u001B\r');
    await terminal.shows('  NOW');
    expect(commands).toEqual([]);
  });
});

describe('a yes', () => {
  test('is not taken before the changes were shown to their end, however it comes', async () => {
    await show(looked(), 'BUILDS');
    ask();
    await opens();
    await press('y\r');
    await terminal.shows('Not sent: see the changes to their end first.');
    // The end was on its way, and not on the terminal: these came together.
    terminal.display.hold();
    await press(`${keys.end}y\r`);
    expect(answers).toEqual([]);
    terminal.display.release();
    await terminal.shows('y goes ahead, n declines, then Enter:');
    await press('y\r');
    expect(answers).toEqual([{accepted: true, by: 'terminal'}]);
  });

  test('is taken after v, which shows every change and leaves the reply', async () => {
    await show(looked(), 'BUILDS');
    ask();
    await opens();
    await press('vy\r');
    await terminal.shows('Tab goes to the answer.');
    expect(answers).toEqual([]);
    // Tab, y and Enter in one piece: the reply was not drawn before the y.
    terminal.display.hold();
    await press('\ty\r');
    terminal.display.release();
    await terminal.shows(field);
    expect(answers).toEqual([]);
    await press('y\r');
    expect(answers).toEqual([{accepted: true, by: 'terminal'}]);
  });
});

describe('while a decision is open', () => {
  test('Tab goes to the Regions and the changes; keys there answer nothing and the typed reply stays', async () => {
    await typed();
    await press('\t');
    await terminal.shows('Tab goes to changes, then answer.');
    await press('\r');
    await terminal.shows('us-east-1 · in use');
    await press('AWSServiceRoleForImageBuilder');
    await press(keys.escape);
    clock.pass(100);
    await terminal.atRest();
    await press('?');
    await terminal.shows('a page down');
    await press('\t');
    await terminal.shows('Tab goes to the answer.');
    await press('y\r');
    expect(answers).toEqual([]);
    await press('\t');
    await terminal.shows('> AWSServiceRoleForImageBuilder▏');
    await press('\r');
    expect(answers).toMatchObject([{accepted: true, typed: 'AWSServiceRoleForImageBuilder'}]);
  });

  test('nothing can be steered: what is agreed to does not change under the answer', async () => {
    await show(stuck(), 'cannot go on without you');
    ask();
    await opens();
    await press('\t');
    for (const key of ['w', 'r', 'R', 'p', 'x']) {
      await press(key);
      expect(terminal.text).toContain('A decision is open: answer it first.');
    }
    expect(commands).toEqual([]);
  });
});

/** A question whose text is typed, and not sent yet. */
async function typed(): Promise<void> {
  await show(looked(), '  NOW');
  void view.ask(typedQuestion, new AbortController().signal).then((answer) => answers.push(answer));
  await opens();
  await press('AWSServiceRoleForImageBuilder');
}

describe('keys with Alt at a question', () => {
  test('Alt-Enter is Esc and Enter: it declines', async () => {
    await typed();
    await press('\u001B\r');
    expect(answers).toEqual([{accepted: false, by: 'terminal'}]);
  });

  test.each(['\u001By', '\u001BX', '\u001B]', '\u001B[', '\u001BO', '\u001B\u0003y'])(
    '%j, then Enter, agrees to nothing',
    async (bytes) => {
      await typed();
      terminal.press(bytes);
      await terminal.atRest();
      clock.pass(1000);
      await press('\r');
      expect(answers.filter(({accepted}) => accepted)).toEqual([]);
    },
  );

  test.each([
    '\u001B[I',
    '\u001B[O',
    '\u001B]11;rgb:0000/0000/0000\u001B\\',
    '\u001BP>|tmux 3.3a\u001B\\',
    '\u001B[5;5~',
  ])('%j types nothing, cut anywhere', async (bytes) => {
    await typed();
    for (const byte of bytes) {
      terminal.press(byte);
      await new Promise(setImmediate);
    }
    await terminal.atRest();
    expect(terminal.text).toContain('> AWSServiceRoleForImageBuilder▏');
    await press('\r');
    expect(answers).toMatchObject([{accepted: true}]);
  });
});
