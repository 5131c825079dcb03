import {afterAll, beforeAll} from 'vitest';
import {atATime} from './at-a-time.ts';
import {bundleChild, removeChild} from './bundle.ts';
import {killAt, type PointResult} from './point.ts';
import {everyPoint, sampleOf, type PlannedPoint} from './points.ts';
import {uncrashedRun, type Uncrashed} from './uncrashed.ts';

// A sample of what `npm run test:crash` does in full.
export const seed = 1;
export const timeout = 600_000;

interface Sample {
  /** The program that is killed. */
  readonly bundle: string;
  readonly uncrashed: Uncrashed;
}

/** Gives the tests of a file a program to kill, and its run that is not killed. */
export function sample(): () => Sample {
  let made: Sample | undefined;
  beforeAll(async () => {
    const bundle = await bundleChild();
    made = {bundle, uncrashed: await uncrashedRun(bundle)};
  }, timeout);
  afterAll(() => made && removeChild(made.bundle));
  return () => {
    if (made === undefined) throw new Error('the program is made before the tests');
    return made;
  };
}

/** Which of some points of a kind came to a bad end, and why. */
export async function wrongAt(
  {bundle, uncrashed}: Sample,
  at: PlannedPoint['point']['at'],
  size: number,
): Promise<unknown> {
  const points = everyPoint(uncrashed, seed).filter(({point}) => point.at === at);
  const results = await atATime(2, sampleOf(points, size), async ({name, point, aftermath}) => ({
    name,
    ...(await killAt(bundle, uncrashed, point, aftermath)),
  }));
  return results.filter(({problems}: PointResult) => problems.length > 0);
}
