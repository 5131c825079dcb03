import {statSync} from 'node:fs';
import {evolveAll, initialState} from '../engine/evolve/evolve.ts';
import {isBehind} from '../engine/queries/progress.ts';
import {isOver, type RunStatus} from '../engine/model/run-status.ts';
import type {RunState} from '../engine/model/state.ts';
import {findRun, ownRunIds} from '../journal/find-run.ts';
import {isLocked} from '../journal/lock.ts';
import {CorruptJournal, readJournal} from '../journal/read.ts';
import {canBeResumed} from '../wording/run-mode.ts';

/** A run as the list shows it. */
export interface ListedRun {
  readonly id: string;
  readonly file: string;
  /** The runbook's title; why the journal cannot be used, when it is damaged. */
  readonly title: string;
  readonly account: string;
  readonly status: 'running' | 'can be resumed' | 'finished' | 'damaged';
  /** End of the run, or its present position. */
  readonly progress: string;
  /** `11/20`: the present step among all; absent when the run has ended. */
  readonly position?: string;
  /** Time of its last event (ms since the epoch). */
  readonly at: number;
  /** A fleet, with the runs of all its accounts. */
  readonly fleet?: true;
}

/**
 * The runs in the journal folder, the newest first, without those of fleets' accounts. A journal that cannot be believed is listed as damaged. `known`
 * keeps what was read: a journal that no process holds and that has not changed is not read again.
 */
export function listRuns(
  env: NodeJS.ProcessEnv,
  known: Map<string, ListedRun> = new Map(),
): readonly ListedRun[] {
  const all = ownRunIds(env).map((id) => {
    const file = findRun(id, env);
    const version = `${file} ${statSync(file).mtimeMs}`;
    const before = known.get(version);
    if (before !== undefined && before.status !== 'running' && !isLocked(file)) return before;
    const run = listed(id, file);
    known.set(version, run);
    return run;
  });
  return all.toReversed();
}

/** What a list says of a run or a fleet. */
interface Ending {
  readonly started?: {readonly simulation?: boolean} | undefined;
  readonly ended?: {readonly status: RunStatus} | undefined;
}

/** Returns where the run or the fleet of a journal stands. A simulation that was left cannot be resumed. */
export function statusOf({started, ended}: Ending, file: string): ListedRun['status'] {
  if (isLocked(file)) return 'running';
  return isOver(ended) || !canBeResumed({started}) ? 'finished' : 'can be resumed';
}

/** Returns the entry of a journal that cannot be believed. Throws any other error. */
export function damagedEntry(id: string, file: string, error: unknown): ListedRun {
  if (!(error instanceof CorruptJournal)) throw error;
  const at = statSync(file).mtimeMs;
  return {id, file, title: error.message, account: '', status: 'damaged', progress: '', at};
}

function listed(id: string, file: string): ListedRun {
  try {
    const state = evolveAll(initialState, readJournal(file).events);
    const {started} = state;
    const alias = started?.identity.alias;
    return {
      id,
      file,
      title: started?.runbook.title ?? '',
      account: `${started?.identity.account ?? ''}${alias === undefined ? '' : ` ${alias}`}`,
      status: statusOf(state, file),
      progress: progressOf(state),
      ...(state.ended === undefined ? {position: `${presentStep(state)}/${state.steps.length}`} : {}),
      at: state.now,
    };
  } catch (error) {
    return damagedEntry(id, file, error);
  }
}

/** Formats the end of a run, or its present position. */
export function progressOf(state: RunState): string {
  if (state.ended !== undefined) return state.ended.status;
  const where = `step ${presentStep(state)} of ${state.steps.length}`;
  return state.interrupted === undefined ? where : `interrupted at ${where}`;
}

/** The number of the first step that is not behind the run, from 1. */
function presentStep(state: RunState): number {
  return state.steps.findIndex((_, index) => !isBehind(state, index)) + 1;
}
