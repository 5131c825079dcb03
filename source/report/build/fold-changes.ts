import {byId} from '../../data/by-id.ts';
import {defined} from '../../data/defined.ts';
import {membersOf, type Json} from '../../data/json.ts';
import {isDeepStrictEqual} from 'node:util';
import type {Event} from '../../engine/model/events.ts';
import type {ChangeMade, RunState} from '../../engine/model/state.ts';
import {effectOf} from '../../wording/changes-made.ts';
import type {Report, ReportedChange} from '../model.ts';

/** Returns every change in order, with the members that it changed where there is a picture from before. */
export function changesOf(state: RunState, events: readonly Event[]): Report['changes'] {
  const after = picturesAfter(events);
  const all = [...state.changes];
  const last = new Map(all.map((change) => [change.step, change]));
  return all.map((change) => {
    const outline = byId(state.steps, change.step);
    const isLast = last.get(change.step) === change;
    const effect = outline === undefined ? undefined : effectOf(state, outline, isLast);
    const {at, step, region, target, operation, before} = change;
    const picture = before === undefined ? undefined : after.get(keyOf(change))?.find((one) => one.at >= at);
    return {
      at,
      step,
      title: outline?.title ?? step,
      ...defined({region}),
      target,
      operation,
      ...(effect === undefined ? {} : {effect}),
      ...(before === undefined ? {} : {before: mutable(before)}),
      ...(picture === undefined ? {} : {after: mutable(picture.output)}),
      ...(before === undefined || picture === undefined
        ? {}
        : {members: differences(before, picture.output, change.request)}),
    };
  });
}

/** Result of each item by its place. For an `update` it is the picture that was read back. */
function picturesAfter(
  events: readonly Event[],
): Map<string, {readonly at: number; readonly output: Json}[]> {
  const pictures = new Map<string, {readonly at: number; readonly output: Json}[]>();
  for (const event of events) {
    if (event.type !== 'item-done') continue;
    const key = keyOf({...event, target: event.item});
    pictures.set(key, [...(pictures.get(key) ?? []), {at: event.at, output: event.output}]);
  }
  return pictures;
}

function keyOf({step, region, target}: Pick<ChangeMade, 'step' | 'region' | 'target'>): string {
  return JSON.stringify([step, region, target]);
}

/**
 * The members of two pictures that are not the same, by name. One that is in both, and was not in the request, is AWS's
 * own doing: a counter, a date, or what a write of a part left alone.
 */
function differences(
  before: Json,
  after: Json,
  request: Json | undefined,
): NonNullable<ReportedChange['members']> {
  const [old, now] = [entriesOf(before), entriesOf(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])].sort();
  const written = request === undefined ? undefined : entriesOf(request);
  return names
    .filter((name) => !isDeepStrictEqual(old.get(name), now.get(name)))
    .filter((name) => written === undefined || written.has(name) || !now.has(name))
    .map((name) => ({
      name,
      ...(old.has(name) ? {before: mutable(old.get(name)!)} : {}),
      ...(now.has(name) ? {after: mutable(now.get(name)!)} : {}),
    }));
}

function entriesOf(value: Json): ReadonlyMap<string, Json> {
  return new Map(Object.entries(membersOf(value)));
}

/** Returns the value with the report's type: zod's JSON type is not read-only. */
function mutable(value: Json): NonNullable<ReportedChange['before']> {
  return value as NonNullable<ReportedChange['before']>;
}
