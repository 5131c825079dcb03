import {evolveFleetAll} from '../../fleet/evolve.ts';
import type {FleetState} from '../../fleet/state.ts';
import {count} from '../../wording/fault-text.ts';
import {damagedEntry, statusOf, type ListedRun} from '../list-runs.ts';
import {fleetIds, findFleet, readFleet} from './fleet-journal.ts';

/** The fleets in the journal folder, each as one run with all of its accounts. One that cannot be believed is damaged. */
export function listFleets(env: NodeJS.ProcessEnv): readonly ListedRun[] {
  return fleetIds(env).map((id) => listed(id, findFleet(id, env)));
}

function listed(id: string, file: string): ListedRun {
  try {
    const state = evolveFleetAll(readFleet(file).events);
    const {started} = state;
    return {
      id,
      file,
      title: started?.runbook.title ?? '',
      account: count(started?.accounts.length ?? 0, 'account'),
      status: statusOf(state, file),
      progress: progressOf(state),
      at: state.now,
      fleet: true,
    };
  } catch (error) {
    return {...damagedEntry(id, file, error), fleet: true};
  }
}

function progressOf({ended, interrupted, waves}: FleetState): string {
  if (ended !== undefined) return ended.status;
  const where = waves.length === 0 ? 'the looks' : `wave ${waves.length}`;
  return interrupted === undefined ? where : `interrupted at ${where}`;
}
