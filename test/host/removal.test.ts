import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, it} from 'vitest';
import type {Event, Question} from '../../source/engine/model/events.ts';
import {EngineClient} from '../../source/host/engine-client.ts';
import {attach} from '../../source/runs/host/attach.ts';
import {simulatedCredentials} from '../../source/runs/simulated-credentials.ts';
import {systemClock} from '../../source/runs/system-clock.ts';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {startSimulator} from '../../source/simulator/server.ts';
import {EngineServer} from '../support/engine-server.ts';
import {startWorker, type WorkerProcess} from '../support/host-worker-process.ts';
import {recordingView, type RecordingView} from '../support/recording-view.ts';
import {wholeProgram} from '../support/whole-program.ts';
import {yes} from './kills/host-run.ts';
import {freePort} from '../support/free-port.ts';

const folder = mkdtempSync(join(tmpdir(), 'handrail-host-'));
const scenario = loadScenario(join(import.meta.dirname, '../crash/one-region.yaml'));
const simulator = await startSimulator(scenario, {speed: 20});
const server = await EngineServer.start(join(folder, 'engine'));
const keys = {
  AWS_ENDPOINT_URL: simulator.endpoint,
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: simulatedCredentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: simulatedCredentials.secretAccessKey,
};
let worker: WorkerProcess | undefined;
afterAll(async () => {
  worker?.kill();
  server.kill();
  await simulator.close();
  rmSync(folder, {recursive: true, force: true});
});

/** Runs a command as an operator does who has no AWS keys. The simulator is in this process, so it must not stand still. */
async function handrail(
  ...words: readonly string[]
): Promise<{readonly status: number; readonly text: string}> {
  const [program, ...args] = wholeProgram;
  const child = spawn(program, [...args, ...words], {
    env: {PATH: process.env['PATH'], XDG_STATE_HOME: folder},
    stdio: 'pipe',
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (text += String(chunk)));
  const [status] = (await once(child, 'close')) as [number];
  return {status, text};
}

/** An operator at a terminal of their own. */
function terminal(
  run: string,
  by: string,
  ask: RecordingView['ask'],
  published?: (events: readonly Event[]) => void,
): {readonly view: RecordingView; readonly exit: Promise<number>} {
  const view = recordingView(undefined, (_state, events) => published?.(events));
  const never = new AbortController().signal;
  const stopper = {interruption: {gently: never, atOnce: never}, stop: () => {}, release: () => {}};
  const engine = new EngineClient(server.ingress);
  const exit = attach({engine, run, by}, {view: {...view, ask}, stopper, clock: systemClock, env: {}});
  return {view, exit};
}

it('a run of an engine outlives its worker, is answered from one of two terminals without keys, and verifies', async () => {
  const port = await freePort();
  worker = await startWorker(server.ingress, port, keys);
  await server.register(worker.url);
  const began = await handrail(
    'submit',
    'delete-service-linked-role',
    '--engine',
    server.ingress,
    '--as',
    'lee',
  );
  const run = /Run (\S+) has begun/.exec(began.text)?.[1];
  if (run === undefined) throw new Error(began.text);

  // Lee leaves each question open until Kim has seen it, and Kim answers none.
  const seen: PromiseWithResolvers<void>[] = [];
  const seenByKim = (nth: number): PromiseWithResolvers<void> => (seen[nth] ??= Promise.withResolvers());
  let died: Promise<void> | undefined;
  let put = 0;
  const lee = terminal(
    run,
    'lee',
    async (question) => {
      await seenByKim((put += 1)).promise;
      return yes(question);
    },
    (events) => {
      const changes = events.some((event) => event.type === 'call-started' && event.effect === 'change');
      if (!changes || died !== undefined) return;
      worker?.kill();
      died = startWorker(server.ingress, port, keys).then((next) => void (worker = next));
    },
  );
  const withdrawn: Question[] = [];
  let shown = 0;
  const kim = terminal(run, 'kim', (question, signal) => {
    signal.addEventListener('abort', () => withdrawn.push(question));
    seenByKim((shown += 1)).resolve();
    return new Promise(() => {});
  });
  expect(await lee.exit).toBe(0);
  expect(await kim.exit).toBe(0);
  await died;
  expect(died).toBeDefined();

  // Kim saw each question, and that lee answered it.
  const answers = kim.view.events.filter(({type}) => type === 'answered');
  expect(answers.length).toBeGreaterThan(1);
  expect(answers.every((event) => 'by' in event && event.by === 'lee')).toBe(true);
  expect(withdrawn).toHaveLength(answers.length);

  const made = simulator.requests.filter(({status}) => status === 200).map(({operation}) => operation);
  const count = (name: string): number => made.filter((one) => one === name).length;
  expect(count('DeleteServiceLinkedRole')).toBe(1);
  expect(simulator.account().role).toBeNull();

  expect(await handrail('export', run, '--engine', server.ingress)).toMatchObject({status: 0});
  expect(await handrail('verify', run)).toMatchObject({status: 0});
  const listed = await handrail('runs', '--engine', server.ingress);
  expect(listed.text).toMatch(new RegExp(`${run}  done .* lee `));
  // It does not wait for the engine, whose connections stay open.
  expect(await worker.stopped()).toBe(0);
});
