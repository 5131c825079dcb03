import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {handrail, isAlive, Pty, until} from './pty.ts';

const timeout = 600_000;

let pty: Pty;

beforeEach(async () => {
  pty = new Pty(80, 24);
  await pty.shows('shell> ');
});

afterEach(() => pty.close());

/** The demo, up to its first question. */
async function atTheQuestion(): Promise<void> {
  pty.press(`clear; ${handrail} demo; echo "left with $?"\r`);
  await pty.shows('y goes ahead');
  expect(pty.alternate).toBe(true);
}

/** The terminal as a shell wants it: cooked, with its cursor, out of the alternate screen and bracketed paste. */
async function expectRestored(): Promise<void> {
  await until(
    () => !pty.alternate,
    () => 'still on the alternate screen',
  );
  expect(pty.written.lastIndexOf('\u001B[?25h')).toBeGreaterThan(pty.written.lastIndexOf('\u001B[?25l'));
  pty.press('stty -a | tr ";" "\\n" | grep -o -w -e "-\\?icanon" -e "-\\?echo" -e "-\\?isig"\r');
  await pty.shows(/\necho\b/);
  expect(pty.text).toMatch(/^icanon$/m);
  expect(pty.text).toMatch(/^echo$/m);
}

describe('a run on a real terminal', () => {
  test(
    'leaves with 130 and a whole journal at Ctrl-C',
    async () => {
      await atTheQuestion();
      pty.press('\u0003');
      await pty.shows('left with 130');
      expect(pty.text).toContain('Interrupted by SIGINT');
      await expectRestored();
      expect(pty.journal().events.at(-1)).toMatchObject({type: 'interrupted', signal: 'SIGINT'});
    },
    timeout,
  );

  test.each(['SIGTERM', 'SIGHUP'] as const)(
    'leaves the same way at %s',
    async (signal) => {
      await atTheQuestion();
      const [pid = 0] = pty.children;
      process.kill(pid, signal);
      await pty.shows('left with 130');
      await expectRestored();
      expect(pty.journal().events.at(-1)).toMatchObject({type: 'interrupted', signal});
    },
    timeout,
  );

  test(
    'ends by itself when the terminal is gone, with a whole journal',
    async () => {
      await atTheQuestion();
      const [pid = 0] = pty.children;
      pty.hangUp();
      await until(
        () => !isAlive(pid),
        () => `process ${pid} is still there`,
      );
      expect(pty.journal().events.at(-1)).toMatchObject({type: 'interrupted'});
    },
    timeout,
  );

  test(
    'is suspended by Ctrl-Z and comes back with a right screen, in the new size',
    async () => {
      await atTheQuestion();
      pty.press('\u001A');
      await pty.shows('Stopped');
      expect(pty.alternate).toBe(false);
      await expectRestored();
      pty.resize(100, 30);
      pty.press('fg\r');
      await pty.shows(/ NOW|y goes ahead/);
      await pty.shows(' > ');
      await until(
        () => /─{100}/.test(pty.text),
        () => pty.text,
      );
      expect(pty.alternate).toBe(true);
      await pty.readToEnd();
      pty.press('y');
      await pty.shows('> y');
      pty.press('\r');
      await pty.shows('Cancel running builds');
      pty.press('\u0003');
      await pty.shows('Interrupted by SIGINT');
    },
    timeout,
  );
});
