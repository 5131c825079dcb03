import {evaluateText} from '../runbook/expression/template.ts';
import type {Happening, Json} from './events.ts';
import type {Fault} from './fault.ts';
import {without} from './lanes.ts';
import {placeOf} from './place.ts';
import type {CallOutcome} from './ports.ts';
import {modelOf} from './program.ts';
import {requestOf} from './request.ts';
import {answerScope} from './scope.ts';
import {callSucceeded, type Settled} from './settled.ts';
import {changedMembers, differences} from './update.ts';

type Answered = Extract<CallOutcome, {ok: true}>;
type Members = {readonly [member: string]: Json};

/**
 * What a read, write or read-back of an `update` amounts to. The write replaces the whole resource, so it is built
 * from a read that came just before it, and every try of it is preceded by another: what somebody else changed in
 * the meantime is carried over, said, and not lost.
 */
export function settleUpdate(settled: Settled, outcome: Answered): readonly Happening[] {
  const {state, lane, step, item, action} = settled;
  const succeeded = callSucceeded(action, outcome);
  if (action.intent.phase === 'write') return [{...succeeded, output: outcome.output}];
  const answer = answerScope(state, lane, item.value, outcome.output);
  const resource = evaluateText(step.update?.resource ?? '', answer, 'strict');
  const place = {item: item.key, ...placeOf(lane, step.id)};
  if (action.intent.phase === 'verify') return [succeeded, verified(settled, resource, place)];
  const write = modelOf(settled.program, step.update?.write ?? '');
  if (item.request !== undefined && differences(write, item.request as Members, resource).length === 0) {
    const note = noteOf(item.note, 'was written, though its answer was lost');
    return [succeeded, {type: 'item-done', output: resource, note, happened: write.name, ...place}];
  }
  if (differences(write, wanted(settled, resource), resource).length === 0) {
    const note = noteOf(item.note, 'was as wanted already');
    return [succeeded, {type: 'item-done', output: resource, note, ...place}];
  }
  if (outcome.unmodelled.length > 0) {
    const fault = unmodelledFault(item.key, outcome.unmodelled);
    return [succeeded, {type: 'item-failed', fault, ...place}];
  }
  const earlier = item.before ?? shown(item.value, write.input.members());
  const changed = changedMembers(write, earlier, resource, item.before === undefined);
  return [{...succeeded, output: resource, ...(changed.length === 0 ? {} : {changed})}];
}

/** The write that this picture of the resource leads to; its token does not matter here. */
function wanted({program, state, lane, step, item}: Settled, resource: Json): Members {
  const fresh = {...without(item, 'request'), before: resource};
  return requestOf(program, state, {lane, step, item: fresh, phase: 'write'}, '');
}

/** The part of what the operator was shown of the item that the write is about. */
function shown(value: Json, writable: ReadonlyMap<string, unknown>): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).filter(([name]) => writable.has(name)));
}

function verified(
  {program, step, item}: Settled,
  after: Json,
  place: {item: string; step: string; region?: string},
): Happening {
  const write = modelOf(program, step.update?.write ?? '');
  const different = differences(write, (item.request ?? {}) as Members, after);
  if (different.length === 0) {
    const note = item.note === undefined ? {} : {note: item.note};
    return {type: 'item-done', output: after, ...note, ...place};
  }
  const fault: Fault = {
    kind: 'conflict',
    name: 'ReadBackDiffers',
    message: `${item.key}: read back after the write, ${different.join(', ')} is not as written`,
    remedy: 'somebody else may be changing it: look at it before going on',
  };
  return {type: 'item-failed', fault, ...place};
}

function unmodelledFault(item: string, unmodelled: readonly string[]): Fault {
  return {
    kind: 'unsafe',
    name: 'UnmodelledMembers',
    message: `${item} was not changed: AWS answered with ${unmodelled.join(', ')}, which a write would lose`,
    remedy: 'make this change by hand and resume, or use a newer version of Handrail',
  };
}

function noteOf(earlier: string | undefined, note: string): string {
  return earlier === undefined ? note : `${earlier}; ${note}`;
}
