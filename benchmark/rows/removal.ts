import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {boundOf} from '../support/bound.ts';
import {measure, medianCost, type Cost} from '../support/measure.ts';
import {simulate, type Request} from '../support/simulator.ts';
import {environment, handrail, peerSubjects, type Subject} from '../support/subjects.ts';
import {mebibytes, seconds, times, type Row, type Section} from '../table.ts';

const scenario = join(import.meta.dirname, '../scenarios/removal.yaml');
/** Held back by the simulator, for every call, in seconds. */
const latency = 0.08;

interface Measured {
  readonly subject: Subject;
  readonly cost?: Cost;
  readonly requests: readonly Request[];
}

/** Rows 1 and 3: the complete removal, by Handrail and by its peers. */
export async function removalRows(
  runs: number,
  slowRuns: number,
  say: (text: string) => void,
): Promise<readonly Section[]> {
  const ours = await measured(handrail, runs, say);
  const peers: Measured[] = [];
  for (const subject of peerSubjects()) {
    const many = subject.name.startsWith('AWS CLI') ? slowRuns : runs;
    if (subject.missing !== undefined) peers.push({subject, requests: []});
    else if (many === 0) peers.push({subject: {...subject, missing: 'not asked for'}, requests: []});
    else peers.push(await measured(subject, many, say));
  }
  const bound = boundOf(loadScenario(scenario));
  const chain = Math.round(bound / latency);
  const wall = ours.cost?.wall ?? Number.NaN;
  const fastest = Math.min(...peers.map(({cost}) => cost?.wall ?? Infinity));
  return [
    {
      title: '1. The complete removal, 34 Regions, 80 ms a call, waits excluded',
      rows: [
        {name: `the bound of the scenario: ${chain} calls that follow each other`, figure: seconds(bound)},
        {
          name: ours.subject.name,
          figure: seconds(wall),
          ratio: times(wall / bound, 'the bound'),
          goal: 'before every peer',
          met: wall < fastest,
        },
        ...peers.map((peer) => peerRow(peer, wall)),
      ],
    },
    {
      title: '3. CPU, memory and calls of that run',
      rows: [...costRows(ours, peers[0]), ...peers.flatMap(costOf)],
    },
  ];
}

async function measured(subject: Subject, runs: number, say: (text: string) => void): Promise<Measured> {
  const results: (Cost & {requests: readonly Request[]})[] = [];
  // The first run fills the caches, and does not count.
  for (let run = 0; run <= runs; run += 1) {
    const result = await once(subject);
    say(`${subject.name}: ${run === 0 ? 'warm-up' : run} ${result.wall.toFixed(2)} s\n`);
    if (run > 0) results.push(result);
  }
  const last = results.at(-1);
  return {subject, cost: medianCost(results), requests: last?.requests ?? []};
}

/**
 * Kept from run to run, as a home folder is. Files that speed up the next start count as part of the program.
 */
const home = mkdtempSync(join(tmpdir(), 'handrail-benchmark-home-'));
process.on('exit', () => rmSync(home, {recursive: true, force: true}));

async function once(subject: Subject): Promise<Cost & {requests: readonly Request[]}> {
  const simulator = await simulate(scenario);
  const state = mkdtempSync(join(tmpdir(), 'handrail-benchmark-state-'));
  try {
    const cost = await measure(subject.command, {
      ...environment(simulator.endpoint, home),
      XDG_STATE_HOME: state,
    });
    const {requests, roleIsGone} = await simulator.report();
    if (!roleIsGone) {
      throw new Error(`${subject.name} did not delete the role:\n${cost.output}`);
    }
    return {...cost, requests};
  } finally {
    simulator.stop();
    rmSync(state, {recursive: true, force: true});
  }
}

function peerRow({subject, cost}: Measured, ours: number): Row {
  if (cost === undefined) return {name: subject.name, figure: `skipped: ${subject.missing}`};
  return {name: subject.name, figure: seconds(cost.wall), ratio: times(cost.wall / ours, "handrail's time")};
}

function costRows({cost, requests}: Measured, boto3: Measured | undefined): readonly Row[] {
  const cpu = cost?.cpu ?? Number.NaN;
  const peakKiB = cost?.peakKiB ?? Number.NaN;
  const regions = new Map<string, number>();
  for (const {service, region} of requests) {
    if (service === 'imagebuilder') regions.set(region, (regions.get(region) ?? 0) + 1);
  }
  const counts = [...regions.values()];
  return [
    {
      name: 'handrail: CPU',
      figure: seconds(cpu),
      goal: "≤ boto3's",
      ...(boto3?.cost === undefined
        ? {}
        : {ratio: times(cpu / boto3.cost.cpu, "boto3's"), met: cpu <= boto3.cost.cpu}),
    },
    {
      name: 'handrail: peak memory',
      figure: mebibytes(peakKiB),
      goal: '≤ 110 MiB',
      met: peakKiB <= 110 * 1024,
    },
    {
      name: 'handrail: calls',
      figure: `${requests.length}`,
      ratio: `${Math.min(...counts)} to ${Math.max(...counts)} a Region`,
    },
  ];
}

function costOf({subject, cost, requests}: Measured): readonly Row[] {
  if (cost === undefined) return [];
  const figure = `${seconds(cost.cpu)}, ${mebibytes(cost.peakKiB)}`;
  return [{name: `${subject.name}: CPU, peak of one process`, figure, ratio: `${requests.length} calls`}];
}
