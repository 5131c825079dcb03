import {isDeepStrictEqual} from 'node:util';
import {evolve, initialState} from '../../source/engine/evolve/evolve.ts';
import {readJournal} from '../../source/journal/read.ts';
import {isLocked} from '../../source/journal/lock.ts';
import {changedTwice, deletedTwice, unannounced} from './mutations.ts';
import {targetsIn, type Uncrashed} from './uncrashed.ts';
import type {World} from './world.ts';

/** What is wrong with a world in which a run was killed and has since been brought to its end; empty when nothing is. */
export function problemsIn(world: World, uncrashed: Uncrashed): readonly string[] {
  const {requests} = world.simulator;
  const account = world.simulator.account();
  const file = world.journal();
  if (file === undefined) return ['there is no journal'];
  const {events, tornBytes} = readJournal(file);
  const state = events.reduce(evolve, initialState);
  const targets = targetsIn(requests);
  return [
    ...(tornBytes === 0 ? [] : [`the journal ends with ${tornBytes} torn bytes`]),
    ...(state.ended?.status === 'done' ? [] : [`it ended ${state.ended?.status}: ${state.ended?.message}`]),
    ...(isLocked(file) ? ['the lock was left behind'] : []),
    ...(account.role === null ? [] : ['the role is still there']),
    ...(isDeepStrictEqual(account.regions, uncrashed.after)
      ? []
      : ['the Regions are not as after an uncrashed run']),
    ...uncrashed.targets.filter((target) => !targets.includes(target)).map((target) => `missing: ${target}`),
    ...targets
      .filter((target) => !uncrashed.targets.includes(target))
      .map((target) => `uncalled for: ${target}`),
    ...unannounced(requests, events),
    ...changedTwice(requests),
    ...deletedTwice(events),
  ];
}
