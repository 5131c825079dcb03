import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {simulatedCredentials} from '../../source/runs/simulated-credentials.ts';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {startSimulator, type Simulator} from '../../source/simulator/server.ts';
import {openGate, type Gate} from '../crash/gate.ts';
import {handrail, Pty} from './pty.ts';

const timeout = 600_000;
const creating = `${handrail} run create-service-linked-role`;

let simulator: Simulator;
let gate: Gate;
let pty: Pty;

beforeEach(async () => {
  simulator = await startSimulator(loadScenario('no-role'));
  gate = await openGate(simulator.endpoint);
  pty = new Pty(100, 40, {
    AWS_ENDPOINT_URL: gate.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: simulatedCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: simulatedCredentials.secretAccessKey,
  });
  await pty.shows('shell> ');
});

afterEach(async () => {
  pty.close();
  await gate.close();
  await simulator.close();
});

/** Starts a run and types these keys before it knows who is calling: AWS answers nothing until they are typed. */
async function typedEarly(command: string, keys: string): Promise<void> {
  const typed = Promise.withResolvers<'pass'>();
  gate.watch = () => typed.promise;
  pty.press(command);
  await pty.shows('Finding out who is calling');
  pty.press(keys);
  typed.resolve('pass');
}

function created(): boolean {
  return simulator.requests.some(({operation}) => operation === 'CreateServiceLinkedRole');
}

describe('a run whose output is piped', () => {
  test(
    'asks on the terminal, and takes the answer there',
    async () => {
      pty.press(`clear; ${creating} > /dev/null; echo "left with $?"\r`);
      await pty.shows('y goes ahead, n declines');
      expect(pty.text).toContain('This creates a role for imagebuilder.amazonaws.com in account');
      expect(created()).toBe(false);
      pty.press('yes\r');
      await pty.shows('left with 0');
      expect(created()).toBe(true);
    },
    timeout,
  );

  test(
    'takes no answer that was typed before the question',
    async () => {
      await typedEarly(`clear; ${creating} | tee /dev/null; echo "left with \${PIPESTATUS[0]}"\r`, 'yes\ry');
      await pty.shows('y goes ahead, n declines');
      pty.press('\r');
      await pty.shows('Enter alone does nothing');
      expect(created()).toBe(false);
      pty.press('no\r');
      await pty.shows('left with 3');
    },
    timeout,
  );

  test.each([
    ['declined there by Ctrl-D', '\u0004', 'left with 3'],
    ['interrupted there by Ctrl-C', '\u0003', 'left with 130'],
  ])(
    'is %s',
    async (_, key, left) => {
      pty.press(`clear; ${creating} > /dev/null; echo "left with $?"\r`);
      await pty.shows('y goes ahead, n declines');
      pty.press(key);
      await pty.shows(left);
      expect(pty.text.includes('Declined by Ctrl-D.')).toBe(key === '\u0004');
      expect(created()).toBe(false);
    },
    timeout,
  );

  test.each([
    ['its input is piped too', `echo yes | ${creating} | cat`],
    ['it has no input', `${creating} < /dev/null | cat`],
    ['it was started by nohup', `nohup ${creating} | cat`],
    ['it has no terminal of its own', `setsid -w ${creating} | cat`],
    ['it writes JSON', `${creating} --json | cut -c1-300`],
  ])(
    'is asked nothing where %s',
    async (_, command) => {
      pty.press(`clear; ${command}; echo "left with \${PIPESTATUS[*]}"\r`);
      await pty.shows(/left with (0 )?3 0/);
      expect(pty.text).toContain('--yes');
      expect(created()).toBe(false);
    },
    timeout,
  );

  test(
    'stops as at a hang-up when its reader goes away, and says how to go on',
    async () => {
      pty.press(`clear; ${creating} | head -3; echo "left with \${PIPESTATUS[0]}"\r`);
      await pty.shows('left with 130');
      expect(pty.text).toMatch(
        /nothing reads the output any more, so the run stopped; go on with: handrail\s+resume/,
      );
      expect(pty.text).not.toMatch(/EPIPE|\n +at /);
      expect(created()).toBe(false);
    },
    timeout,
  );
});

describe('a run in line mode', () => {
  test.each([
    ['a terminal that cannot move its cursor', 'TERM=dumb'],
    ['a screen reader', 'INK_SCREEN_READER=true'],
  ])(
    'on %s is declined by Ctrl-D, in words',
    async (_, env) => {
      pty.press(`clear; ${env} ${creating}; echo "left with $?"\r`);
      await pty.shows('y goes ahead, n declines');
      pty.press('\u0004');
      await pty.shows('left with 3');
      expect(pty.text).toContain('Declined by Ctrl-D.');
      expect(created()).toBe(false);
    },
    timeout,
  );

  test(
    'takes no line from before the question, no lines that come at once, and no key with Alt',
    async () => {
      await typedEarly(`clear; TERM=dumb ${creating}; echo "left with $?"\r`, 'yes\rye');
      await pty.shows('y goes ahead, n declines');
      pty.press('\r');
      await pty.shows('Enter alone does nothing');
      pty.press('yes\ryes\r');
      await pty.shows('Several lines came at once');
      pty.press('\u001By');
      await pty.shows('Decline? The run ends here');
      pty.press('x');
      await pty.shows(/question\.\s+y goes ahead/);
      expect(created()).toBe(false);
      pty.press('nope\u0017y\r');
      await pty.shows('left with 0');
      expect(created()).toBe(true);
    },
    timeout,
  );

  test(
    'comes back from Ctrl-Z at a question',
    async () => {
      pty.press(`clear; TERM=dumb ${creating}; echo "left with $?"\r`);
      await pty.shows('y goes ahead, n declines');
      pty.press('ye\u001A');
      await pty.shows('Stopped');
      pty.press('echo "at the shell"\r');
      await pty.shows(/^at the shell/m);
      pty.press('fg\r');
      await pty.shows(/fg\s[^]*ye/);
      pty.press('s\r');
      await pty.shows('Done: created');
      expect(pty.text).toMatch(/^yes$/m);
      expect(created()).toBe(true);
    },
    timeout,
  );

  test(
    'stops by Ctrl-D while nothing is asked, and can be resumed',
    async () => {
      await typedEarly(`clear; TERM=dumb ${creating}; echo "left with $?"\r`, '\u0004');
      await pty.shows('left with 130');
      expect(pty.text).toContain('The input has ended: the run stops');
      expect(created()).toBe(false);
    },
    timeout,
  );
});
