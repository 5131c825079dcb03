import type {Lease} from './lease.ts';
import {lifeOf, type Place} from './place.ts';
import {isBound} from './socket.ts';

/** What is known from here of the process that holds a lease. */
export type Fate = 'alive' | 'dead' | 'unknown';

/**
 * Says whether the holder of a lease lives, where that is certain. In other containers and on other hosts it is not:
 * nothing of theirs can be seen from here. `ours` is the address that this process listens on itself.
 */
export function fateOf({place, socket}: Lease, here: Place, ours?: string): Fate {
  if (!same(place.boot, here.boot)) return 'unknown';
  const seen = same(place.pids, here.pids) ? fateOfProcess(place) : 'unknown';
  if (seen === 'dead' || !same(place.network, here.network)) return seen;
  // A socket ends with its process. One that this process could bind has no other owner.
  const bound = socket === ours ? false : isBound(socket);
  return bound === undefined ? seen : bound ? 'alive' : 'dead';
}

function same(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && one === other;
}

function fateOfProcess({pid, started}: Place): Fate {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is another user's.
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return 'dead';
  }
  const life = lifeOf(pid);
  if (life === undefined || started === undefined) return 'unknown';
  return life.isZombie || life.started !== started ? 'dead' : 'alive';
}
