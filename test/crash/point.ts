import {isLocked} from '../../source/journal/lock.ts';
import type {JournalKill} from './child-order.ts';
import type {ChildEnd} from './child-process.ts';
import type {Moment} from './gate.ts';
import {problemsIn} from './judge.ts';
import type {Uncrashed} from './uncrashed.ts';
import {openWorld, type World} from './world.ts';

/** Where a run is killed: at a moment of its journal, or of the nth request that it sends. */
export type KillPoint =
  | {readonly at: 'journal'; readonly kill: JournalKill}
  | {readonly at: 'request'; readonly moment: Moment; readonly nth: number};

/** What happens after the first kill. */
export interface Aftermath {
  /** The resumption is killed too, at this moment of its journal. */
  readonly second?: JournalKill;
  /** So much simulated time passes before it is resumed, in ms: enough makes it look at the world again. */
  readonly laterMs: number;
}

export interface PointResult {
  readonly kills: number;
  readonly problems: readonly string[];
}

/** Kills a run at a point, brings it to its end, and judges what has come of it. */
export async function killAt(
  bundle: string,
  uncrashed: Uncrashed,
  point: KillPoint,
  aftermath: Aftermath,
): Promise<PointResult> {
  const world = await openWorld(bundle);
  try {
    const first = await killOnce(world, point);
    // The uncrashed run's figures vary by a poll or two: a point after the end is no point.
    if (!first.killed)
      return {kills: 0, problems: first.code === 0 ? problemsIn(world, uncrashed) : [endOf(first)]};
    const orphan = orphanOf(world);
    world.skip(aftermath.laterMs);
    const goOn = async (kill?: JournalKill): Promise<ChildEnd> =>
      world.isOver() ? {code: 0, killed: false, said: ''} : world.start(kill).ended;
    const second = aftermath.second === undefined ? undefined : await goOn(aftermath.second);
    const last = second?.killed === false ? second : await goOn();
    const kills = second?.killed === true ? 2 : 1;
    const ended = last.code === 0 ? [] : [endOf(last)];
    return {kills, problems: [...orphan, ...ended, ...problemsIn(world, uncrashed)]};
  } finally {
    await world.close();
  }
}

async function killOnce(world: World, point: KillPoint): Promise<ChildEnd> {
  if (point.at === 'journal') return world.start(point.kill).ended;
  const child = world.start();
  world.gate.watch = async (moment, {number}) => {
    if (number !== point.nth || moment !== point.moment) return 'pass';
    await child.kill();
    return 'stop';
  };
  const end = await child.ended;
  world.gate.watch = () => 'pass';
  return end;
}

/** A lock that has outlived its holder. */
export function orphanOf(world: World): readonly string[] {
  const file = world.journal();
  return file !== undefined && isLocked(file) ? ['the lock outlived the killed process'] : [];
}

function endOf({code, said}: ChildEnd): string {
  return `it ended with ${code}: ${said.trim()}`;
}
