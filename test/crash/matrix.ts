import {atATime} from './at-a-time.ts';
import {bundleChild, removeChild} from './bundle.ts';
import {killAt, type PointResult} from './point.ts';
import {everyPoint} from './points.ts';
import {killAtRandom} from './random-kills.ts';
import {seeded} from './random.ts';
import {uncrashedRun, type Uncrashed} from './uncrashed.ts';

/**
 * The whole crash matrix: `npm run test:crash`. Every journal boundary and every request and answer of a full run,
 * then kills at random moments. `HANDRAIL_SEED` chooses other moments; the numbers are printed at the end.
 */
const workers = 2;
const randomKills = Number(process.env['HANDRAIL_RANDOM_KILLS'] ?? 500);
/** How often one run is killed at random before it may come to its end. */
const killsOfOne = 4;
const seed = Number(process.env['HANDRAIL_SEED'] ?? 20_261_122);

let failures = 0;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function tell(name: string, {problems}: PointResult): void {
  if (problems.length === 0) return;
  failures += 1;
  say(`✗ ${name}\n${problems.map((problem) => `    ${problem}`).join('\n')}`);
}

function killsIn(results: readonly PointResult[]): number {
  return results.reduce((sum, {kills}) => sum + kills, 0);
}

async function everywhere(bundle: string, uncrashed: Uncrashed): Promise<readonly PointResult[]> {
  const points = everyPoint(uncrashed, seed);
  return atATime(workers, points, async ({name, point, aftermath}, index) => {
    const result = await killAt(bundle, uncrashed, point, aftermath);
    tell(name, result);
    if ((index + 1) % 100 === 0) say(`${index + 1} of ${points.length} points after ${seconds()} s`);
    return result;
  });
}

async function atRandom(bundle: string, uncrashed: Uncrashed): Promise<number> {
  let kills = 0;
  let runs = 0;
  const random = seeded(seed);
  const worker = async (): Promise<void> => {
    while (kills < randomKills) {
      runs += 1;
      const result = await killAtRandom(bundle, uncrashed, killsOfOne, random);
      kills += result.kills;
      tell(`random kills, run ${runs}`, result);
    }
  };
  await Promise.all(Array.from({length: workers}, worker));
  return kills;
}

const began = performance.now();
const bundle = await bundleChild();
// The first run fills the compile cache; the second one is the measure.
await uncrashedRun(bundle);
const uncrashed = await uncrashedRun(bundle);
say(`a full run: ${uncrashed.requests} requests, ${uncrashed.batches} journal writes`);
const results = await everywhere(bundle, uncrashed);
const points = results.filter(({kills}) => kills > 0).length;
say(`${points} points, ${killsIn(results)} kills there, after ${seconds()} s`);
const kills = await atRandom(bundle, uncrashed);
say(
  `crash matrix: ${points} points, ${kills} random kills, ${failures} failed, ${seconds()} s (seed ${seed})`,
);
removeChild(bundle);
process.exitCode = failures === 0 && points >= 300 ? 0 : 1;

function seconds(): number {
  return Math.round((performance.now() - began) / 1000);
}
