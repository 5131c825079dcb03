import type {AccountDocument} from '../../source/simulator/state/account-document.ts';
import {wholeWrites} from './journal-file.ts';
import {mutationsIn, targetOf} from './mutations.ts';
import {openWorld} from './world.ts';

/** What a run comes to that nobody kills: what every other one is measured by. */
export interface Uncrashed {
  readonly after: AccountDocument['regions'];
  /** What was changed, sorted. */
  readonly targets: readonly string[];
  readonly requests: number;
  /** Journal writes. */
  readonly batches: number;
  readonly ms: number;
}

export async function uncrashedRun(bundle: string): Promise<Uncrashed> {
  const world = await openWorld(bundle);
  const began = performance.now();
  try {
    const {code, said} = await world.start().ended;
    if (code !== 0) throw new Error(`the uncrashed run ended with ${code}: ${said}`);
    return {
      after: world.simulator.account().regions,
      targets: targetsIn(world.simulator.requests),
      requests: world.gate.count,
      batches: wholeWrites(world.stateHome),
      ms: performance.now() - began,
    };
  } finally {
    await world.close();
  }
}

export function targetsIn(requests: Parameters<typeof mutationsIn>[0]): readonly string[] {
  return [...new Set(mutationsIn(requests).map(targetOf))].toSorted();
}
