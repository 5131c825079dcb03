import {statSync} from 'node:fs';
import {evolveFleetAll} from '../../fleet/evolve.ts';
import type {FleetState} from '../../fleet/state.ts';
import {isLocked} from '../../journal/lock.ts';
import {CorruptJournal} from '../../journal/read.ts';
import {count} from '../../wording/fault-text.ts';
import type {ListedRun} from '../list-runs.ts';
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
    if (!(error instanceof CorruptJournal)) throw error;
    const at = statSync(file).mtimeMs;
    return {id, file, title: error.message, account: '', status: 'damaged', progress: '', at, fleet: true};
  }
}

function statusOf({started, ended}: FleetState, file: string): ListedRun['status'] {
  if (isLocked(file)) return 'running';
  const over = ended?.status === 'done' || ended?.status === 'planned';
  return over || started?.simulation === true ? 'finished' : 'can be resumed';
}

function progressOf({ended, interrupted, waves}: FleetState): string {
  if (ended !== undefined) return ended.status;
  const where = waves.length === 0 ? 'the looks' : `wave ${waves.length}`;
  return interrupted === undefined ? where : `interrupted at ${where}`;
}
