import {isDeepStrictEqual} from 'node:util';
import type {Event} from '../../../source/engine/model/events.ts';
import {readJournal} from '../../../source/journal/read.ts';
import {changedTwice, deletedTwice, unannounced} from '../../crash/mutations.ts';
import {targetsIn} from '../../crash/uncrashed.ts';
import type {HostRun} from './host-run.ts';

/** What is wrong with a run of an engine in which something was killed, beside one in which nothing was. */
export function problemsIn(run: HostRun, undisturbed: HostRun): readonly string[] {
  const {events} = readJournal(run.journal);
  const last = events.at(-1);
  const targets = targetsIn(run.requests);
  const sound = targetsIn(undisturbed.requests);
  const announced = changesIn(run.events);
  return [
    ...(last?.type === 'run-ended' && last.status === 'done'
      ? []
      : [`its last event is ${JSON.stringify(last)}`]),
    ...(run.after.role === null ? [] : ['the role is still there']),
    ...(isDeepStrictEqual(run.after.regions, undisturbed.after.regions)
      ? []
      : ['the Regions are not as after an undisturbed run']),
    ...sound.filter((target) => !targets.includes(target)).map((target) => `missing: ${target}`),
    ...targets.filter((target) => !sound.includes(target)).map((target) => `uncalled for: ${target}`),
    ...(isDeepStrictEqual(withoutCancels(announced), withoutCancels(changesIn(undisturbed.events)))
      ? []
      : [`${announced.length} changes are in its journal, not those of an undisturbed run`]),
    // Changes whose answers were lost with their worker, several of them where several were under way, are sent again
    // as they were.
    ...unannounced(run.requests, events, run.deaths),
    ...changedTwice(run.requests),
    ...deletedTwice(events),
    ...(isDeepStrictEqual(events, run.events) ? [] : ['the terminal saw other events than the journal has']),
  ];
}

/** The changes that a run's journal asks for, sorted. */
function changesIn(events: readonly Event[]): readonly string[] {
  return events
    .flatMap((event) =>
      event.type === 'call-started' && event.effect === 'change'
        ? [`${event.operation} ${event.region} ${event.item}`]
        : [],
    )
    .toSorted();
}

/** A cancellation is refused for a while, and asked for again: how often is a matter of time. */
function withoutCancels(changes: readonly string[]): readonly string[] {
  return changes.filter((change) => !change.includes(':CancelImageCreation '));
}
