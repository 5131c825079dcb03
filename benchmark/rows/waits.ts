import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {boundOf} from '../support/bound.ts';
import {measure} from '../support/measure.ts';
import {median} from '../support/median.ts';
import {simulate} from '../support/simulator.ts';
import {boto3, environment, handrailAtDefaults, type Subject} from '../support/subjects.ts';
import {seconds, times, type Row, type Section} from '../table.ts';

/** The scenarios, by the names of their files, and the largest ratio to the bound that is wanted. */
const scenarios = [
  {name: 'short', goal: 1.12},
  {name: 'usual', goal: 1.06},
  {name: 'long', goal: 1.03},
  {name: 'quiet', goal: 1.3},
  {name: 'late', goal: 1.3},
  {name: 'big', goal: 1.15},
] as const;

/** Pauses between two polls that boto3 is tried with, in seconds: the fastest counts. */
const peerWaits = ['0.5', '1', '2'];

interface Timed {
  readonly wall: number;
  readonly calls: number;
  /** Looks at what Regions hold, for each Region on average. */
  readonly perRegion: number;
}

/** Row 6: the removal with its waits, at the shipped defaults, beside the least time that the scenario allows. */
export async function waitRows(
  runs: number,
  names: readonly string[],
  say: (text: string) => void,
): Promise<Section> {
  const rows: Row[] = [];
  // The first run fills the caches, and does not count.
  await once(join(import.meta.dirname, '../scenarios/waits/quiet.yaml'), handrailAtDefaults);
  for (const {name, goal} of scenarios) {
    if (names.length > 0 && !names.includes(name)) continue;
    const file = join(import.meta.dirname, `../scenarios/waits/${name}.yaml`);
    const scenario = loadScenario(file);
    const bound = boundOf(scenario);
    // What takes long differs little from run to run. Of each pause of boto3's one run counts.
    const ours = await timed(file, handrailAtDefaults, bound < 15 ? runs : 1, say);
    const peers: Timed[] = [];
    const peer = boto3();
    for (const wait of peer.missing === undefined ? peerWaits : []) {
      peers.push(await timed(file, {...peer, env: {PEER_WAIT: wait}}, 1, say));
    }
    const [best] = peers.toSorted((one, other) => one.wall - other.wall);
    rows.push(
      {
        name: scenario.title.replace('; every call takes 80 ms', ''),
        figure: seconds(bound),
        ratio: 'the bound',
      },
      {
        name: 'handrail run, shipped defaults',
        figure: seconds(ours.wall),
        ratio: `${times(ours.wall / bound, 'the bound')}, ${ours.calls} calls`,
        goal: `≤ ${goal} × the bound, and before boto3`,
        met: ours.wall <= goal * bound && ours.wall < (best?.wall ?? Infinity),
      },
      ...(name === 'quiet' ? [callsRow(ours.perRegion)] : []),
      best === undefined
        ? {name: peer.name, figure: `skipped: ${peer.missing}`}
        : {
            name: `${peer.name}, the best of three pauses`,
            figure: seconds(best.wall),
            ratio: `${times(best.wall / bound, 'the bound')}, ${best.calls} calls`,
          },
    );
  }
  return {title: '6. The removal with its waits, 34 Regions, 80 ms a call', rows};
}

async function timed(
  file: string,
  subject: Subject,
  runs: number,
  say: (text: string) => void,
): Promise<Timed> {
  const results: Timed[] = [];
  for (let run = 1; run <= runs; run += 1) {
    const result = await once(file, subject);
    say(`${subject.name}: ${run} ${result.wall.toFixed(2)} s, ${result.calls} calls\n`);
    results.push(result);
  }
  return {
    wall: median(results.map(({wall}) => wall)),
    calls: median(results.map(({calls}) => calls)),
    perRegion: Math.max(...results.map(({perRegion}) => perRegion)),
  };
}

/** Kept from scenario to scenario, as a home folder is: its caches are filled once. */
const home = mkdtempSync(join(tmpdir(), 'handrail-benchmark-home-'));
process.on('exit', () => rmSync(home, {recursive: true, force: true}));

async function once(file: string, {name, command, env}: Subject): Promise<Timed> {
  const simulator = await simulate(file);
  const state = mkdtempSync(join(tmpdir(), 'handrail-benchmark-state-'));
  try {
    const cost = await measure(command, {
      ...environment(simulator.endpoint, home),
      XDG_STATE_HOME: state,
      ...env,
    });
    const {requests, roleIsGone} = await simulator.report();
    if (!roleIsGone) {
      throw new Error(`${name} did not delete the role:\n${cost.output}`);
    }
    const looks = requests.filter(({service}) => service === 'imagebuilder' || service === 'events');
    const regions = new Set(looks.map(({region}) => region)).size;
    return {wall: cost.wall, calls: requests.length, perRegion: looks.length / regions};
  } finally {
    simulator.stop();
    rmSync(state, {recursive: true, force: true});
  }
}

const callsRow = (perRegion: number): Row => ({
  name: 'calls of Image Builder and EventBridge a Region, on average',
  figure: perRegion.toFixed(1),
  goal: '≤ 4',
  met: perRegion <= 4,
});
