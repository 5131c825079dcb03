import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {measure} from '../support/measure.ts';
import {median} from '../support/median.ts';
import {simulate} from '../support/simulator.ts';
import {environment, handrail, peerSubjects, type Subject} from '../support/subjects.ts';
import {seconds, times, type Section} from '../table.ts';

const scenario = join(import.meta.dirname, '../scenarios/throttled.yaml');
/** Most builds that AWS puts on a page. */
const perPage = 25;

/** In its standard and its adaptive mode boto3 gives up here. */
const patient = {AWS_RETRY_MODE: 'legacy', AWS_MAX_ATTEMPTS: '12'};

/** Row 8: a big account behind a token bucket, beside two complete reads at the allowed rate. */
export async function throttledRows(runs: number, say: (text: string) => void): Promise<Section> {
  const {title, allowed, regions} = loadScenario(scenario);
  if (allowed === undefined) throw new Error(`${scenario} allows any rate`);
  const builds = Math.max(...Object.values(regions).map(({finished = 0}) => finished));
  const bound = (2 * Math.ceil(builds / perPage) - allowed.burst) / allowed.perSecond;
  const [peer] = peerSubjects();
  const ours = await several(handrail, runs, say);
  const theirs =
    peer === undefined || peer.missing !== undefined
      ? undefined
      : await several(peer, runs, say).catch(() => ({wall: Infinity, calls: 0, throttled: 0}));
  const met = ours.wall <= 1.15 * bound && ours.wall < (theirs?.wall ?? Infinity);
  return {
    title: `8. ${title}`,
    rows: [
      {name: 'two complete reads of the builds at the allowed rate', figure: seconds(bound)},
      {
        name: handrail.name,
        figure: seconds(ours.wall),
        ratio: times(ours.wall / bound, 'the bound'),
        goal: '≤ 1.15 × the bound, and before boto3',
        met,
      },
      {name: 'handrail: calls, throttled ones', figure: `${ours.calls}, ${ours.throttled}`},
      ...(theirs === undefined
        ? []
        : [
            theirs.calls === 0
              ? {name: 'boto3, 34 threads', figure: 'gave up: it was throttled'}
              : {name: 'boto3, 34 threads', figure: seconds(theirs.wall), ratio: `${theirs.calls} calls`},
          ]),
    ],
  };
}

interface Result {
  readonly wall: number;
  readonly calls: number;
  readonly throttled: number;
}

async function several(subject: Subject, runs: number, say: (text: string) => void): Promise<Result> {
  const home = mkdtempSync(join(tmpdir(), 'handrail-benchmark-'));
  const results: Result[] = [];
  for (let run = 1; run <= runs; run += 1) {
    const simulator = await simulate(scenario);
    const own = {XDG_STATE_HOME: join(home, `state-${run}`), ...patient};
    const env = {...environment(simulator.endpoint, home), ...own};
    try {
      const {wall} = await measure(subject.command, env);
      const {requests, roleIsGone} = await simulator.report();
      if (!roleIsGone) throw new Error(`${subject.name} did not delete the role`);
      say(`${subject.name}, throttled: ${run} ${wall.toFixed(2)} s\n`);
      const throttled = requests.filter((request) => request.throttled).length;
      results.push({wall, calls: requests.length, throttled});
    } finally {
      simulator.stop();
    }
  }
  rmSync(home, {recursive: true, force: true});
  const last = results.at(-1) ?? {calls: 0, throttled: 0};
  return {...last, wall: median(results.map(({wall}) => wall))};
}
