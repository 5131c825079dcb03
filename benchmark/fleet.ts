import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {readJournal} from '../source/journal/read.ts';
import {criticalPath} from './support/critical-path.ts';
import {measure, type Cost} from './support/measure.ts';
import {simulate} from './support/simulator.ts';
import {boto3, environment, node, root} from './support/subjects.ts';
import {mebibytes, seconds, tableOf, times, type Row} from './table.ts';

// A fleet of 500 accounts of 17 Regions, beside boto3 over 150 of them:
// npm run benchmark:fleet -- [--accounts 500] [--peer-accounts 150] [--only removal,inspect]
const {values} = parseArgs({
  options: {accounts: {type: 'string'}, 'peer-accounts': {type: 'string'}, only: {type: 'string'}},
});
const accounts = Number(values.accounts ?? 500);
/** Each takes boto3 as long as the next one, so that its times are counted up from these. */
const peerAccounts = Math.min(accounts, Number(values['peer-accounts'] ?? 150));
const wanted = (values.only ?? 'removal,inspect').split(',');
/** Held back by the simulator, for every call, in seconds. */
const latency = 0.02;
/** What a fleet does where nothing else is said: accounts at a time, in looks and in changes; the calls of all of them. */
const [looking, changing, concurrency] = [8, 10, 80];
/** Calls before an account's first record that follow each other: AssumeRole and GetCallerIdentity. */
const doorCalls = 2;

const home = mkdtempSync(join(tmpdir(), 'handrail-fleet-home-'));
const say = (text: string): void => void process.stderr.write(text);
if (!existsSync(join(root, 'dist/handrail.cjs'))) throw new Error('build it first: npm run build');
const rows: Row[] = [];
if (wanted.includes('removal')) rows.push(...(await compared('delete-service-linked-role')));
if (wanted.includes('inspect')) rows.push(...(await compared('inspect-service-linked-role')));
const title = `A fleet of ${accounts} accounts × 17 Regions, ${latency * 1000} ms a call`;
process.stdout.write(tableOf([{title, rows}]));
rmSync(home, {recursive: true, force: true});

async function compared(runbook: string): Promise<readonly Row[]> {
  const removes = runbook.startsWith('delete');
  const ours = await fleet(runbook, removes);
  const peer = await boto3Fleet(removes);
  const name = removes ? 'removal' : 'inspection';
  const wall = ours.cost.wall;
  const before = peer === undefined || wall < peer.wall;
  const goal = removes ? '≤ 1.3 × the path, and before boto3' : '≤ 60 s';
  const [most, path] = [removes ? 400 : 300, ours.path];
  return [
    ...(removes ? [{name: `${name}: the path of its waves`, figure: seconds(path)}] : []),
    {
      name: `${name}: handrail fleet`,
      figure: seconds(wall),
      ...(removes ? {ratio: times(wall / path, 'the path')} : {}),
      goal,
      met: removes ? wall <= 1.3 * path && before : wall <= 60,
    },
    ...(peer === undefined
      ? [{name: `${name}: boto3`, figure: 'skipped: needs boto3'}]
      : [
          {
            name: `${name}: boto3, 100 threads${peerAccounts < accounts ? `, counted up from ${peerAccounts} accounts` : ''}`,
            figure: seconds(peer.wall),
            ratio: times(peer.wall / wall, "handrail's time"),
          },
          {name: `${name}: boto3: CPU an account, peak`, figure: costText(peer)},
        ]),
    {
      name: `${name}: CPU an account`,
      figure: seconds(ours.cost.cpu / accounts),
      ratio: `${Math.round(ours.calls / accounts)} calls an account`,
      ...(removes ? {goal: '≤ 0.10 s', met: ours.cost.cpu / accounts <= 0.1} : {}),
    },
    {
      name: `${name}: peak memory`,
      figure: mebibytes(ours.cost.peakKiB),
      goal: `≤ ${most} MiB`,
      met: ours.cost.peakKiB <= most * 1024,
    },
  ];
}

function costText({cpu, peakKiB}: Cost): string {
  return `${seconds(cpu / accounts)}, ${mebibytes(peakKiB)}`;
}

/** Runs a fleet in a new organization. */
async function fleet(
  runbook: string,
  removes: boolean,
): Promise<{readonly cost: Cost; readonly path: number; readonly calls: number}> {
  const simulator = await simulate(scenario(accounts));
  const state = mkdtempSync(join(tmpdir(), 'handrail-fleet-state-'));
  const options = {
    accounts: 'org',
    'max-accounts': String(accounts),
    ...(removes
      ? {
          tolerate: String(changing - 1),
          confirm: `AWSServiceRoleForImageBuilder in ${accounts} accounts`,
        }
      : {}),
  };
  const inputs = removes ? ['--input=pollSeconds=0.01', '--input=retryWaitSeconds=0'] : [];
  const command = [
    node,
    join(root, 'dist/handrail.cjs'),
    'fleet',
    runbook,
    ...Object.entries(options).map(([name, value]) => `--${name}=${value}`),
    ...inputs,
  ];
  try {
    // An inspection that finds something in use ends with 4.
    const cost = await measure(removes ? command : ['sh', '-c', '"$@"; test $? = 4', 'sh', ...command], {
      ...environment(simulator.endpoint, home),
      XDG_STATE_HOME: state,
    });
    say(`${runbook}: ${cost.wall.toFixed(1)} s, ${cost.cpu.toFixed(1)} s CPU, ${mebibytes(cost.peakKiB)}\n`);
    const calls = (await simulator.report()).requests.length;
    return {cost, path: pathOf(join(state, 'handrail'), calls), calls};
  } finally {
    simulator.stop();
    rmSync(state, {recursive: true, force: true});
  }
}

/**
 * The time that the fleet takes at least, as it is limited: the longest look and the longest run of each wave, one after the
 * other as often as the limits want, or all of its calls at the greatest concurrency, whichever is more.
 */
function pathOf(folder: string, calls: number): number {
  const looks: number[] = [];
  const runs: number[] = [];
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.jsonl'))) {
    const {events} = readJournal(join(folder, name));
    const [first] = events;
    if (first?.type !== 'run-started') continue;
    const chain = doorCalls + criticalPath(events, []) - before(folder, first.look?.run);
    (first.mode === 'plan' ? looks : runs).push(chain);
  }
  // Accounts with the fewest changes come first: their runs are the shortest.
  runs.sort((one, other) => one - other);
  const size = Math.ceil(runs.length / 10);
  const waves = runs.length === 0 ? [] : [runs.slice(0, 1)];
  for (let from = 1; from < runs.length; from += size) waves.push(runs.slice(from, from + size));
  const chain = waves.reduce((sum, wave) => sum + inRounds(wave, changing), inRounds(looks, looking));
  return Math.max(chain * latency, (calls * latency) / concurrency);
}

/** The calls that follow each other where some go at once: the longest chain, as often as there are rounds. */
function inRounds(chains: readonly number[], atOnce: number): number {
  return Math.ceil(chains.length / atOnce) * Math.max(0, ...chains);
}

/** The chain of the look that a run goes on from, whose records it begins with: it is no part of the run's own time. */
function before(folder: string, look: string | undefined): number {
  if (look === undefined) return 0;
  return doorCalls + criticalPath(readJournal(join(folder, `${look}.jsonl`)).events, []);
}

/** The time of boto3, which enters each account by itself: it takes as long for each of them, however many there are. */
async function boto3Fleet(removes: boolean): Promise<Cost | undefined> {
  const subject = boto3();
  const [python] = subject.command;
  if (subject.missing !== undefined || python === undefined) return undefined;
  const simulator = await simulate(scenario(peerAccounts));
  try {
    const env = {...environment(simulator.endpoint, home), PEER_INSPECT: removes ? '0' : '1'};
    const cost = await measure([python, join(import.meta.dirname, 'peers/fleet.py')], env);
    say(`boto3: ${cost.wall.toFixed(1)} s, ${cost.cpu.toFixed(1)} s CPU, ${mebibytes(cost.peakKiB)}\n`);
    const counted = accounts / peerAccounts;
    return {...cost, wall: cost.wall * counted, cpu: cost.cpu * counted};
  } finally {
    simulator.stop();
  }
}

/** The scenario, with this many accounts: one in five of them is busy. */
function scenario(size: number): string {
  const whole = join(import.meta.dirname, 'scenarios/fleet.yaml');
  if (size === 500) return whole;
  const busy = Math.round(size / 5);
  const file = join(home, `fleet-${size}.yaml`);
  const counts: Readonly<Record<string, number>> = {'count: 400': size - busy, 'count: 100': busy};
  const text = readFileSync(whole, 'utf8').replace(/count: \d+/g, (found) => `count: ${counts[found]}`);
  writeFileSync(file, text);
  return file;
}
