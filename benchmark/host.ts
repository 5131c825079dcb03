import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {EngineClient} from '../source/host/engine-client.ts';
import {newRunId} from '../source/journal/folder.ts';
import {submitted} from '../test/host/kills/host-run.ts';
import {EngineServer} from '../test/support/engine-server.ts';
import {startWorker} from '../test/support/host-worker-process.ts';
import {measure} from './support/measure.ts';
import {median} from './support/median.ts';
import {simulate} from './support/simulator.ts';
import {environment, handrail, node, root} from './support/subjects.ts';
import {mebibytes, seconds, tableOf, times, type Row} from './table.ts';

// A run of a durable engine beside the same one in a process of its own: npm run benchmark:host -- [--runs 5]
const {values} = parseArgs({options: {runs: {type: 'string'}}});
const runs = Number(values.runs ?? 5);
const runbook = 'delete-service-linked-role';
const home = mkdtempSync(join(tmpdir(), 'handrail-host-benchmark-'));
const server = await EngineServer.start(join(home, 'engine'));
const engine = new EngineClient(server.ingress);
const say = (text: string): void => void process.stderr.write(text);

interface Hosted {
  readonly wall: number;
  readonly workerKiB: number;
  readonly terminalKiB: number;
}

/** The removal in a process of its own, in seconds. */
async function local(scenario: string): Promise<number> {
  const simulator = await simulate(scenario);
  const state = mkdtempSync(join(home, 'state-'));
  const env = {...environment(simulator.endpoint, home), XDG_STATE_HOME: state};
  const {wall} = await measure(handrail.command, env);
  simulator.stop();
  return wall;
}

let port = 0;

/** The removal by a worker that has just started, with a terminal attached. */
async function hosted(scenario: string): Promise<Hosted> {
  const simulator = await simulate(scenario);
  const worker = await startWorker(engine.url, port, wordsOf(environment(simulator.endpoint, home)));
  port = Number(new URL(worker.url).port);
  await server.register(worker.url);
  const run = newRunId(Date.now(), Math.random);
  const began = performance.now();
  const answers = {yes: true, confirm: ['AWSServiceRoleForImageBuilder'], waive: []};
  await submitted(engine, run, runbook, ['pollSeconds=0.01', 'retryWaitSeconds=0'], answers);
  await until(run, (status) => status !== undefined);
  const attach = [node, join(root, 'dist/handrail.cjs'), 'attach', run, '--engine', engine.url];
  const terminal = measure(attach, environment(simulator.endpoint, home));
  const status = await until(
    run,
    (now) => now !== undefined && !['running', 'asked', 'paused'].includes(now),
  );
  const wall = (performance.now() - began) / 1000;
  if (status !== 'done') throw new Error(`run ${run} ended ${status}`);
  const {peakKiB} = await terminal;
  const workerKiB = peakOf(worker.pid);
  worker.kill();
  simulator.stop();
  return {wall, workerKiB, terminalKiB: peakKiB};
}

function wordsOf(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

async function until(run: string, is: (status: string | undefined) => boolean): Promise<string | undefined> {
  const end = performance.now() + 120_000;
  for (;;) {
    const {at, refused} = await engine.about(run);
    if (refused !== undefined) throw new Error(refused.message);
    if (is(at?.status)) return at?.status;
    if (performance.now() > end) throw new Error(`run ${run} stands still at ${at?.status}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The largest resident set of a process so far, in KiB. */
function peakOf(pid: number): number {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

async function rowsOf(name: string, scenario: string, goal: number): Promise<readonly Row[]> {
  const file = join(import.meta.dirname, 'scenarios', scenario);
  const [here, there]: [number[], Hosted[]] = [[], []];
  // In turn, so that what else the machine does falls on both. The first of each fills caches.
  for (let run = 0; run <= runs; run += 1) {
    const [own, engineRun] = [await local(file), await hosted(file)];
    say(`${name}: ${run === 0 ? 'warm-up' : run}: ${own.toFixed(2)} s, ${engineRun.wall.toFixed(2)} s\n`);
    if (run === 0) continue;
    here.push(own);
    there.push(engineRun);
  }
  const [own, wall] = [median(here), median(there.map((one) => one.wall))];
  return [
    {name: `${name}: handrail run`, figure: seconds(own)},
    {
      name: `${name}: submitted to an engine`,
      figure: seconds(wall),
      ratio: times(wall / own, 'handrail run'),
      goal: `≤ ${goal} ×`,
      met: wall <= goal * own,
    },
    {
      name: `${name}: peak memory of the worker`,
      figure: mebibytes(median(there.map((one) => one.workerKiB))),
    },
    {
      name: `${name}: peak memory of an attached terminal`,
      figure: mebibytes(median(there.map((one) => one.terminalKiB))),
    },
  ];
}

try {
  const rows = [
    ...(await rowsOf('80 ms a call', 'removal.yaml', 1.15)),
    ...(await rowsOf('0 ms a call', 'removal-at-once.yaml', 1.8)),
    {name: 'peak memory of the engine’s server', figure: mebibytes(peakOf(server.pid))},
  ];
  process.stdout.write(
    tableOf([{title: 'A removal in 34 Regions on a durable engine, waits excluded', rows}]),
  );
} finally {
  server.kill();
  rmSync(home, {recursive: true, force: true});
}
