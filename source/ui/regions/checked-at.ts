import {worksOf} from '../../engine/evolve/active-steps.ts';
import type {Lane, RunState} from '../../engine/model/state.ts';
import {columnsOf} from '../../engine/queries/region-truth.ts';
import {byId} from '../../data/by-id.ts';
import {timeBound} from '../../text/time.ts';

/** Returns the time of a Region's oldest latest check (ms since the epoch); undefined while one is still to come. */
export function checkedAt(state: RunState, lane: Lane): number | undefined {
  const times = columnsOf(state).map((column) => {
    const polled = worksOf(lane)
      .filter(({step}) => byId(state.steps, step)?.column === column)
      .flatMap(({items}) => [...items].flatMap((item) => item.polledAt ?? []));
    return Math.max(lane.cells[column]?.lookedAt ?? -Infinity, ...polled);
  });
  const oldest = Math.min(...times);
  return Number.isFinite(oldest) ? oldest : undefined;
}

/** Formats the age of a check at `now` as a bound, so coarse that it changes rarely: `< 10 s`. */
export function checkedText(at: number, now: number): string {
  return `< ${timeBound(Math.max(1, now - at))}`;
}
