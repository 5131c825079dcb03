import {setTimeout as passed} from 'node:timers/promises';
import {problemsIn} from './judge.ts';
import {orphanOf, type PointResult} from './point.ts';
import type {Random} from './random.ts';
import type {Uncrashed} from './uncrashed.ts';
import {openWorld} from './world.ts';

/** Kills a run and its resumptions at random moments, at most `most` times, then lets it come to its end. */
export async function killAtRandom(
  bundle: string,
  uncrashed: Uncrashed,
  most: number,
  random: Random,
): Promise<PointResult> {
  const world = await openWorld(bundle);
  const problems: string[] = [];
  let kills = 0;
  try {
    while (!world.isOver()) {
      const child = world.start();
      const moment = new AbortController();
      if (kills < most) {
        void passed(random() * uncrashed.ms, undefined, {signal: moment.signal}).then(child.kill, () => {});
      }
      const end = await child.ended;
      moment.abort();
      if (!end.killed) {
        if (end.code === 0) break;
        return {kills, problems: [...problems, `it ended with ${end.code}: ${end.said.trim()}`]};
      }
      kills += 1;
      problems.push(...orphanOf(world));
      if (random() < 0.3) world.skip(60_000);
    }
    return {kills, problems: [...problems, ...problemsIn(world, uncrashed)]};
  } finally {
    await world.close();
  }
}
