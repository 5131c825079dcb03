import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {EngineClient} from '../source/host/engine-client.ts';
import {wholeHistory} from '../source/host/history.ts';
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
  /** User and system seconds of the worker, from its start, and of the server, for this run. */
  readonly workerCpu: number;
  readonly serverCpu: number;
  /** Only where a terminal was attached. */
  readonly terminalKiB: number;
}

interface Local {
  readonly wall: number;
  readonly cpu: number;
  readonly peakKiB: number;
}

/** The removal in a process of its own. */
async function local(scenario: string): Promise<Local> {
  const simulator = await simulate(scenario);
  const state = mkdtempSync(join(home, 'state-'));
  const env = {...environment(simulator.endpoint, home), XDG_STATE_HOME: state};
  const cost = await measure(handrail.command, env);
  simulator.stop();
  return cost;
}

let port = 0;

/**
 * The removal by a worker that has just started, from its submission to its last event. A terminal is a process more on
 * this machine: only the first run has one.
 */
async function hosted(scenario: string, terminal: boolean): Promise<Hosted> {
  const simulator = await simulate(scenario);
  const env = environment(simulator.endpoint, home);
  const worker = await startWorker(engine.url, port, wordsOf(env));
  port = Number(new URL(worker.url).port);
  await server.register(worker.url);
  const run = newRunId(Date.now(), Math.random);
  const cpuBefore = cpuOf(server.pid);
  const began = Date.now();
  const answers = {yes: true, confirm: ['AWSServiceRoleForImageBuilder'], waive: []};
  await submitted(engine, run, runbook, ['pollSeconds=0.01', 'retryWaitSeconds=0'], answers);
  const attach = [node, join(root, 'dist/handrail.cjs'), 'attach', run, '--engine', engine.url];
  if (terminal) await until(run, (status) => status !== undefined);
  const attached = terminal ? measure(attach, env) : undefined;
  const status = await until(
    run,
    (now) => now !== undefined && !['running', 'asked', 'paused'].includes(now),
  );
  if (status !== 'done') throw new Error(`run ${run} ended ${status}`);
  const {at} = await engine.about(run);
  const last = (await wholeHistory(engine, run, at?.batches ?? 0)).flat().at(-1);
  const wall = ((last?.at ?? NaN) - began) / 1000;
  const {peakKiB = 0} = (await attached) ?? {};
  const cost = {
    wall,
    workerKiB: peakOf(worker.pid),
    workerCpu: cpuOf(worker.pid),
    serverCpu: cpuOf(server.pid) - cpuBefore,
    terminalKiB: peakKiB,
  };
  worker.kill();
  simulator.stop();
  return cost;
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
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The largest resident set of a process so far, in KiB. */
function peakOf(pid: number): number {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

/** User and system seconds of a process so far. */
function cpuOf(pid: number): number {
  const [, after = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const fields = after.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

async function rowsOf(name: string, scenario: string, goal: number): Promise<readonly Row[]> {
  const file = join(import.meta.dirname, 'scenarios', scenario);
  const first = await hosted(file, true);
  const [here, there]: [Local[], Hosted[]] = [[], []];
  // In turn, so that what else the machine does falls on both.
  for (let run = 0; run <= runs; run += 1) {
    const [own, engineRun] = [await local(file), await hosted(file, false)];
    say(
      `${name}: ${run === 0 ? 'warm-up' : run}: ${own.wall.toFixed(2)} s (CPU ${own.cpu.toFixed(2)}), ` +
        `${engineRun.wall.toFixed(2)} s (CPU ${engineRun.workerCpu.toFixed(2)} + ${engineRun.serverCpu.toFixed(2)})\n`,
    );
    if (run === 0) continue;
    here.push(own);
    there.push(engineRun);
  }
  const [own, wall] = [median(here.map((one) => one.wall)), median(there.map((one) => one.wall))];
  const worker = median(there.map((one) => one.workerKiB));
  const [workerCpu, serverCpu] = [
    median(there.map((one) => one.workerCpu)),
    median(there.map((one) => one.serverCpu)),
  ];
  return [
    {name: `${name}: handrail run`, figure: seconds(own)},
    {
      name: `${name}: submitted to an engine`,
      figure: seconds(wall),
      ratio: times(wall / own, 'handrail run'),
      goal: `≤ ${goal} ×`,
      met: wall <= goal * own,
    },
    {name: `${name}: CPU of handrail run`, figure: seconds(median(here.map((one) => one.cpu)))},
    {
      name: `${name}: CPU of the worker, of the server`,
      figure: `${seconds(workerCpu)}, ${seconds(serverCpu)}`,
    },
    {name: `${name}: peak memory of handrail run`, figure: mebibytes(median(here.map((one) => one.peakKiB)))},
    {name: `${name}: peak memory of the worker`, figure: mebibytes(worker)},
    {name: `${name}: peak memory of an attached terminal`, figure: mebibytes(first.terminalKiB)},
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
