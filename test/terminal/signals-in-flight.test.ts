import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {startSimulator, type Simulator} from '../../source/simulator/server.ts';
import {openGate, type Gate} from '../crash/gate.ts';
import {operationOf} from '../resume/cut-off.ts';
import {oneRegion} from '../resume/one-region.ts';
import {handrail, isAlive, Pty, until} from './pty.ts';

const timeout = 600_000;
const answers = '--yes --confirm AWSServiceRoleForImageBuilder';

let simulator: Simulator;
let gate: Gate;
let pty: Pty;

beforeEach(async () => {
  simulator = await startSimulator(oneRegion());
  gate = await openGate(simulator.endpoint);
  pty = new Pty(100, 30, {
    AWS_ENDPOINT_URL: gate.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'simulated',
    AWS_SECRET_ACCESS_KEY: 'simulated',
  });
  await pty.shows('shell> ');
});

afterEach(async () => {
  pty.close();
  await gate.close();
  await simulator.close();
});

/** A run in the terminal, with a cancellation that has taken effect and whose answer is held back until released. */
async function inFlight(): Promise<() => void> {
  const arrived = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  gate.watch = async (moment, request) => {
    if (moment === 'performed' && operationOf(request) === 'CancelImageCreation') {
      arrived.resolve();
      await released.promise;
    }
    return 'pass' as const;
  };
  pty.press(
    `clear; ${handrail} run delete-service-linked-role ${answers} --input pollSeconds=0.2; echo "left with $?"\r`,
  );
  await arrived.promise;
  await until(
    () => pty.alternate,
    () => pty.text,
  );
  return released.resolve;
}

/** Whether the cancellation's answer is in the journal. */
function isAnswered(): boolean {
  const {events} = pty.journal();
  const call = events.flatMap((event) =>
    event.type === 'call-started' && event.operation.endsWith(':CancelImageCreation') ? [event.call] : [],
  )[0];
  return events.some((event) => event.type === 'call-succeeded' && event.call === call);
}

async function isInterrupted(): Promise<void> {
  await until(
    () => pty.journal().events.some(({type}) => type === 'interrupted'),
    () => pty.text,
  );
}

/** Goes on with the run in the same shell, by the command that it left on the screen. */
async function expectResumable(): Promise<void> {
  const {run} = pty.journal();
  gate.watch = () => 'pass';
  pty.press(`clear; ${handrail} resume ${run} ${answers}; echo "resumed with $?"\r`);
  await until(
    () => pty.alternate,
    () => pty.text,
  );
  await pty.shows(/^ *Hash +[0-9a-f]{64}/m);
  pty.press('q');
  await pty.shows('resumed with 0');
  expect(simulator.account().role).toBeNull();
  const tokens = simulator.requests.flatMap(({operation, input}) =>
    operation === 'CancelImageCreation' ? [input['clientToken']] : [],
  );
  expect(new Set(tokens).size).toBe(1);
}

describe('a run with a change under way, on a real terminal', () => {
  it('waits for the answer at the first Ctrl-C, journals it and says how to go on', {timeout}, async () => {
    const release = await inFlight();
    const [pid = 0] = pty.children;
    pty.press('\u0003');
    await isInterrupted();
    expect(isAlive(pid)).toBe(true);
    expect(isAnswered()).toBe(false);
    release();
    await pty.shows('left with 130');
    expect(pty.text).toContain(`handrail resume ${pty.journal().run}`);
    expect(isAnswered()).toBe(true);
    await expectResumable();
  });

  it('leaves at once at the second Ctrl-C, with a journal to go on from', {timeout}, async () => {
    await inFlight();
    pty.press('\u0003');
    await isInterrupted();
    pty.press('\u0003');
    await pty.shows('left with 130');
    expect(pty.alternate).toBe(false);
    expect(isAnswered()).toBe(false);
    await expectResumable();
  });

  it.each(['SIGTERM', 'SIGHUP'] as const)('waits for the answer at %s', {timeout}, async (signal) => {
    const release = await inFlight();
    const [pid = 0] = pty.children;
    process.kill(pid, signal);
    await isInterrupted();
    release();
    await pty.shows('left with 130');
    expect(isAnswered()).toBe(true);
  });

  it('waits for the answer when the terminal is gone, though nobody can see it', {timeout}, async () => {
    const release = await inFlight();
    const [pid = 0] = pty.children;
    pty.hangUp();
    await isInterrupted();
    expect(isAlive(pid)).toBe(true);
    release();
    await until(
      () => !isAlive(pid),
      () => `process ${pid} is still there`,
    );
    expect(isAnswered()).toBe(true);
    expect(pty.journal().events.at(-1)?.type).not.toBe('run-ended');
  });
});
