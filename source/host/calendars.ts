import type {Arrival, RunTurn, Standing} from '../engine/turn.ts';
import type {HostWorker} from './worker.ts';

/**
 * Takes a run on by what its change calendars say, where a change waits for that. They are asked within the turn: the engine
 * keeps the answer with it, and no other message is needed.
 */
export async function withCalendars(
  worker: HostWorker,
  next: RunTurn,
  take: (standing: Standing, news: readonly Arrival[]) => RunTurn,
): Promise<RunTurn> {
  const {started} = next.state;
  if (next.calendars.length === 0 || started === undefined) return next;
  const said = await Promise.all(
    next.calendars.map(async (calendar): Promise<Arrival> => {
      const answer = await worker.calendarState(started, calendar);
      return {kind: 'calendar', calendar, answer};
    }),
  );
  const then = take(next, said);
  return {...then, batch: [...next.batch, ...then.batch], calls: [...next.calls, ...then.calls]};
}
