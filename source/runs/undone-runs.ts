import {defined} from '../data/defined.ts';
import type {Event} from '../engine/model/events.ts';
import type {PutBack} from '../engine/plan-undo.ts';
import {findRun, NoSuchRun, ownRunIds, runIds} from '../journal/find-run.ts';
import {firstEvent} from '../journal/first-event.ts';
import {readJournal} from '../journal/read.ts';

/** Name of a run's undo as a runbook file. In earlier versions' journals only this name identifies it. */
export const undoFile = 'undo of run ';

/** The journal that `undo latest` is about: that of the latest run that is no undo itself. Throws {@link NoSuchRun}. */
export function latestToUndo(env: NodeJS.ProcessEnv): string {
  const files = ownRunIds(env).map((id) => findRun(id, env));
  const latest = files.findLast((file) => undoneRun(file) === undefined);
  if (latest === undefined) {
    throw new NoSuchRun('there is no run to take back; name an undo by its id to take that back');
  }
  return latest;
}

/** Returns the changes that undos of a run have put back, without those that undos of those undos reverted. */
export function putBackOf(run: string, env: NodeJS.ProcessEnv): readonly PutBack[] {
  const undos = runIds(env).filter((id) => undoneRun(findRun(id, env)) === run);
  return undos.flatMap((id) => {
    const again = putBackOf(id, env);
    return putBackBy(readJournal(findRun(id, env)).events)
      .filter(({own}) => !again.some((later) => isSame(own, later) && later.at >= own.at))
      .map(({own, step}) => ({...own, step}));
  });
}

/** The run that a run takes back; undefined when it is no undo. */
function undoneRun(file: string): string | undefined {
  const started = firstEvent(file);
  if (started?.undoes !== undefined) return started.undoes;
  const name = started?.runbook?.file ?? '';
  return name.startsWith(undoFile) ? name.slice(undoFile.length) : undefined;
}

/** Returns the changes that an undo put back or found in place: by its step, and by the step that made them. */
function putBackBy(events: readonly Event[]): readonly {readonly own: PutBack; readonly step: string}[] {
  const entries = new Map<string, Entry>();
  const succeeded = new Set(
    events.flatMap((event) =>
      event.type === 'step-succeeded' ? [placeKey(event.step, event.region, '')] : [],
    ),
  );
  return events.flatMap((event) => {
    if (event.type === 'step-started') {
      for (const {key, value} of event.items) {
        entries.set(placeKey(event.step, event.region, key), (value ?? {}) as Entry);
      }
    }
    if (event.type !== 'item-done') return [];
    const {step, region, item: target, at} = event;
    const {step: original, wait} = entries.get(placeKey(step, region, target)) ?? {};
    if (original === undefined) return [];
    // AWS had only accepted it.
    if (wait !== undefined && !succeeded.has(placeKey(wait, region, ''))) return [];
    return [{own: {step, target, at, ...defined({region})}, step: original}];
  });
}

/** A change of an undo: the step that made it, and the undo's step that shows whether AWS has taken it back. */
interface Entry {
  readonly step?: string;
  readonly wait?: string;
}

function placeKey(step: string, region: string | undefined, item: string): string {
  return [step, region ?? '', item].join('\n');
}

function isSame(one: PutBack, other: PutBack): boolean {
  return one.step === other.step && one.region === other.region && one.target === other.target;
}
