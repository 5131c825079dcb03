import {rmSync} from 'node:fs';
import {dirname} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {atATime} from './at-a-time.ts';
import {bundleChild} from './bundle.ts';
import {killAt, type PointResult} from './point.ts';
import {everyPoint, sampleOf, type PlannedPoint} from './points.ts';
import {killAtRandom} from './random-kills.ts';
import {seeded} from './random.ts';
import {uncrashedRun, type Uncrashed} from './uncrashed.ts';

// A sample of what `npm run test:crash` does in full.
const seed = 1;
const timeout = 240_000;

let bundle: string;
let uncrashed: Uncrashed;
beforeAll(async () => {
  bundle = await bundleChild();
  uncrashed = await uncrashedRun(bundle);
}, timeout);
afterAll(() => rmSync(dirname(bundle), {recursive: true, force: true}));

/** Which points came to a bad end, and why. */
async function wrongAt(points: readonly PlannedPoint[]): Promise<unknown> {
  const results = await atATime(2, points, async ({name, point, aftermath}) => ({
    name,
    ...(await killAt(bundle, uncrashed, point, aftermath)),
  }));
  return results.filter(({problems}: PointResult) => problems.length > 0);
}

describe('a run that is killed with SIGKILL comes to the same end, with nothing done twice and nothing forgotten', () => {
  it('has a full run of at least 100 requests and about 60 journal writes to be killed in', () => {
    expect(uncrashed.requests).toBeGreaterThanOrEqual(100);
    expect(uncrashed.batches).toBeGreaterThanOrEqual(50);
    expect(everyPoint(uncrashed, seed).length).toBeGreaterThanOrEqual(400);
  });

  it('before, within and after journal writes', {timeout}, async () => {
    const points = everyPoint(uncrashed, seed).filter(({point}) => point.at === 'journal');
    expect(await wrongAt(sampleOf(points, 4))).toEqual([]);
  });

  it('as requests arrive, as they have taken effect, and as they are answered', {timeout}, async () => {
    const points = everyPoint(uncrashed, seed).filter(({point}) => point.at === 'request');
    expect(await wrongAt(sampleOf(points, 7))).toEqual([]);
  });

  it('again and again, at random moments', {timeout}, async () => {
    const random = seeded(seed);
    // A run may be faster than its measure, and at its end before the moment.
    for (let killed = 0; killed === 0;) {
      const {kills, problems} = await killAtRandom(bundle, uncrashed, 2, random);
      expect(problems).toEqual([]);
      killed = kills;
    }
  });
});
