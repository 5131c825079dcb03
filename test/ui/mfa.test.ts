import {afterEach, beforeEach, expect, test} from 'vitest';
import {attendedConnection} from '../../source/runs/answers/attended-connection.ts';
import {createScreen} from '../../source/ui/run/run-view.tsx';
import type {View} from '../../source/ui/view.ts';
import {changing, done, Play, start} from './run-fixture.ts';
import {hastyClock, keys, Terminal} from './terminal.ts';

const device = 'arn:aws:iam::123456789012:mfa/kim';
/** Six digits that nothing else on the screen holds. */
const code = '604817';

let terminal: Terminal;
let view: View;
let stop: AbortController;

beforeEach(() => {
  terminal = new Terminal(80, 24);
  view = createScreen({
    stdout: terminal.stdout,
    stdin: terminal.stdin,
    clock: hastyClock,
    onInterrupt: () => stop.abort(),
    now: () => start + 40_000,
    env: {LANG: 'C.UTF-8'},
  });
  stop = new AbortController();
});

afterEach(async () => {
  await view.close({state: new Play().begin().state});
});

/** Asks as the credential chain does, before any run: resolves with the code, or with why there is none. */
async function ask(): Promise<{readonly answer: Promise<string | Error>}> {
  const {mfaCode} = attendedConnection({}, view, stop.signal);
  if (mfaCode === undefined) throw new Error('nobody asks for the code');
  const answer = mfaCode(device, stop.signal).catch((error: unknown) => error as Error);
  await terminal.shows(' > ');
  return {answer};
}

async function type(text: string): Promise<void> {
  terminal.press(text);
  await terminal.shows(`> ${text}`);
}

test('the MFA code is asked for on the screen, with the device’s name', async () => {
  await ask();
  expect(terminal.text).toContain(`What does the MFA device ${device} show now?`);
  expect(terminal.text).toContain('Type the six digits, then Enter:');
  expect(terminal.scrolled).toBe(false);
});

test('six digits and Enter are taken, and no key alone', async () => {
  const {answer} = await ask();
  terminal.press(keys.enter);
  await terminal.shows('Enter alone does nothing.');
  await type('60481');
  terminal.press(keys.enter);
  await terminal.shows('A code is six digits, and nothing else.');
  terminal.press('x');
  await terminal.shows('> 60481x');
  terminal.press(keys.enter);
  await terminal.shows('A code is six digits, and nothing else.');
  terminal.press('\u007F');
  await terminal.until((text) => !text.includes('60481x'));
  terminal.press('7');
  await terminal.shows(`> ${code}`);
  terminal.press(keys.enter);
  expect(await answer).toBe(code);
});

test('after the answer the code is nowhere: not on the screen, in the log or in the summary', async () => {
  const {answer} = await ask();
  await type(code);
  terminal.press(keys.enter);
  expect(await answer).toBe(code);
  await terminal.until((text) => !text.includes(code));
  const {length} = terminal.display.written;
  const running = changing();
  view.publish(running.state, running.events);
  await terminal.shows('me-central-1');
  terminal.press(keys.enter);
  await terminal.shows('AccessDeniedException');
  terminal.press(keys.escape);
  await terminal.shows('  NOW');
  const {state, events} = done();
  view.publish(state, events);
  const closed = view.close({state, journal: '/home/kim/run.jsonl', head: 'ab12'});
  await terminal.shows('✓ Done');
  terminal.press('q');
  await closed;
  await terminal.shows('Journal   /home/kim/run.jsonl');
  expect(terminal.display.written.slice(length)).not.toContain(code);
  const buffers = [terminal.emulator.buffer.normal, terminal.emulator.buffer.alternate];
  const lines = buffers.flatMap((buffer) =>
    Array.from({length: buffer.length}, (_, row) => buffer.getLine(row)?.translateToString() ?? ''),
  );
  expect(lines.join('\n')).not.toContain(code);
});

test('a question that is declined gives no code, and says so without what was typed', async () => {
  const {answer} = await ask();
  await type(code);
  terminal.press(keys.escape);
  await terminal.shows('Decline?');
  terminal.press(keys.enter);
  const error = await answer;
  expect(error).toMatchObject({name: 'NoMfaCode', message: expect.stringContaining(device) as string});
  expect(String(error)).not.toContain(code);
});

test('Ctrl-C withdraws the question', async () => {
  const {answer} = await ask();
  await type(code);
  terminal.press(keys.interrupt);
  expect(await answer).toMatchObject({name: 'NoMfaCode'});
  await terminal.until((text) => !text.includes(' > ') && !text.includes(code));
});
