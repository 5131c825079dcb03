import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {measure, medianCost, type Cost} from '../support/measure.ts';
import {simulate} from '../support/simulator.ts';
import {watchingStalls} from '../support/stalls.ts';
import {environment, handrail, peerSubjects, type Subject} from '../support/subjects.ts';
import {tlsInFrontOf, type TlsCounts} from '../support/tls-front.ts';
import {milliseconds, seconds, times, type Row, type Section} from '../table.ts';

const scenario = join(import.meta.dirname, '../scenarios/removal.yaml');
/** Time for a byte to go and come back, in ms. */
const roundTrip = 70;

/** Row 7: the same removal through an inspecting proxy that ends TLS for each host name, with a CA bundle. */
export async function tlsRows(runs: number, say: (text: string) => void): Promise<Section> {
  const [peer] = peerSubjects();
  const subjects = [handrail, ...(peer === undefined || peer.missing !== undefined ? [] : [peer])];
  const rows: Row[] = [];
  const walls: number[] = [];
  for (const subject of subjects) {
    const plain = medianCost((await several(subject, runs, false, say)).map(({cost}) => cost));
    const over = await several(subject, runs, true, say);
    const {wall, cpu} = medianCost(over.map(({cost}) => cost));
    walls.push(wall);
    const counts = over.at(-1)?.counts;
    const ratio = times(cpu / plain.cpu, 'its CPU without TLS');
    const goal = subject === handrail ? {goal: '≤ 1.2 × plain', met: cpu / plain.cpu <= 1.2} : {};
    rows.push({name: `${subject.name}: time`, figure: seconds(wall)});
    rows.push({name: `${subject.name}: CPU`, figure: seconds(cpu), ratio, ...goal});
    if (counts !== undefined) rows.push({name: `${subject.name}: connections`, figure: connections(counts)});
  }
  const longest = await longestStall();
  rows.push({
    name: 'handrail: the longest stall from its first connection on, its time of the processor',
    figure: milliseconds(longest),
    goal: '≤ 60 ms',
    met: longest <= 60,
  });
  const [ours = Number.NaN, theirs] = walls;
  if (theirs !== undefined) {
    const met = ours < theirs;
    rows.push({name: 'handrail’s time', figure: times(ours / theirs, "boto3's"), goal: 'before boto3', met});
  }
  return {title: `7. The removal over TLS with a CA bundle, ${roundTrip} ms round trip`, rows};
}

function connections({handshakes, resumed, hosts, bytes}: TlsCounts): string {
  const perHost = (bytes / hosts / 1024).toFixed(1);
  return `${handshakes} handshakes, ${resumed} resumed, ${hosts} hosts, ${perHost} KiB a host`;
}

interface Run {
  readonly cost: Cost;
  readonly counts?: TlsCounts;
}

async function several(
  subject: Subject,
  runs: number,
  overTls: boolean,
  say: (text: string) => void,
): Promise<readonly Run[]> {
  const home = mkdtempSync(join(tmpdir(), 'handrail-benchmark-'));
  const results: Run[] = [];
  try {
    // The first run fills the caches, and does not count.
    for (let run = 0; run <= runs; run += 1) {
      const result = await once(subject, overTls, home);
      const name = `${subject.name}${overTls ? ' over TLS' : ''}`;
      say(`${name}: ${run === 0 ? 'warm-up' : run} ${result.cost.wall.toFixed(2)} s\n`);
      if (run > 0) results.push(result);
    }
  } finally {
    rmSync(home, {recursive: true, force: true});
  }
  return results;
}

/** In ms, of one more run: the watching takes time of the processor, too. */
async function longestStall(): Promise<number> {
  const home = mkdtempSync(join(tmpdir(), 'handrail-benchmark-'));
  const {env, stalls} = watchingStalls(home);
  try {
    await once({...handrail, env}, true, home);
    return stalls().longest;
  } finally {
    rmSync(home, {recursive: true, force: true});
  }
}

async function once(subject: Subject, overTls: boolean, home: string): Promise<Run> {
  const simulator = await simulate(scenario);
  const front = overTls ? await tlsInFrontOf(simulator.endpoint, roundTrip) : undefined;
  const {AWS_ENDPOINT_URL, ...env} = environment(simulator.endpoint, home);
  const way = front === undefined ? {AWS_ENDPOINT_URL} : front.env;
  const state = mkdtempSync(join(tmpdir(), 'handrail-benchmark-state-'));
  try {
    const cost = await measure(subject.command, {...env, ...way, ...subject.env, XDG_STATE_HOME: state});
    if (!(await simulator.report()).roleIsGone) throw new Error(`${subject.name} did not delete the role`);
    return {cost, ...(front === undefined ? {} : {counts: await front.counts()})};
  } finally {
    front?.stop();
    simulator.stop();
    rmSync(state, {recursive: true, force: true});
  }
}
