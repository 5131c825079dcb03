import {defined} from '../../data/defined.ts';
import {membersOf, type Json, type JsonObject} from '../../data/json.ts';
import {evaluateText} from '../../runbook/expression/template.ts';
import type {OperationModel} from '../../runbook/operation.ts';
import type {Scope} from '../../runbook/expression/evaluate.ts';
import type {Happening} from '../model/events.ts';
import type {Fault} from '../model/fault.ts';
import {without} from '../evolve/lane-updates.ts';
import {placeOf} from '../model/place.ts';
import type {CallOutcome} from '../model/ports.ts';
import {modelOf} from '../model/program.ts';
import {requestOf} from '../requests/build-request.ts';
import {answerScope, scopeOf} from '../scope/expression-scope.ts';
import {callSucceeded, endOfCall, endOfItem, type Settled} from '../outcome/response-events.ts';
import type {Update} from '../../runbook/language/actions/update.ts';
import {changedMembers, differences, updateRequests} from './update-request.ts';
import {whenSettled} from './update-settling.ts';

type ItemPlace = {readonly item: string; readonly step: string; readonly region?: string};
type Answered = Extract<CallOutcome, {ok: true}>;

/**
 * Interprets a read, write or read-back of an `update`. The write replaces the whole resource, so each try is built
 * from a read just before it. Changes by other clients are carried over and reported.
 */
export function settleUpdate(update: Update, settled: Settled, outcome: Answered): readonly Happening[] {
  const {state, lane, step, item, action} = settled;
  const succeeded = callSucceeded(action, outcome);
  if (action.intent.phase === 'write') return [succeeded];
  // A wait's acceptors go by the time of each answer.
  const answeredAt = action.intent.phase === 'verify' ? settled.now : undefined;
  const answer = answerScope(state, lane, item.value, outcome.output, answeredAt);
  const resource = evaluateText(update.resource, answer, 'strict');
  const place = {item: item.key, ...placeOf(lane, step.id)};
  if (action.intent.phase === 'verify') return verified(update, settled, {answer, resource, place});
  const write = modelOf(settled.program, update.write);
  const isAs = (request: JsonObject): boolean => differences(update, write, request, resource).length === 0;
  if (item.request !== undefined && isAs(item.request as JsonObject)) {
    const note = noteOf(item.note, 'was written, though its answer was lost');
    const done = {type: 'item-done' as const, output: resource, note, happened: write.name, ...place};
    return whenSettled(update, settled, {answer, different: [], done});
  }
  if (isAs(wanted(update, settled, resource))) {
    const note = noteOf(item.note, 'was as wanted already');
    return [succeeded, {type: 'item-done', output: resource, note, ...place}];
  }
  const strayed = strayedFrom(update, settled, resource);
  if (strayed.length > 0) return [succeeded, endOfItem(settled, changedSince(item.key, strayed))];
  const lost = update.partial === true ? [] : outcome.unmodeled;
  if (lost.length > 0) {
    const fault = unmodeledFault(item.key, lost);
    return [succeeded, {type: 'item-failed', fault, ...place}];
  }
  const earlier = item.before ?? shown(update, item.value, write);
  const changed = changedMembers(write, earlier, resource, item.before === undefined).filter(
    (name) => update.partial !== true || update.set?.[name] !== undefined,
  );
  return [{...succeeded, output: resource, ...(changed.length === 0 ? {} : {changed})}];
}

/** The write that this picture of the resource leads to; its token does not matter here. */
function wanted(update: Update, {program, state, lane, item}: Settled, resource: Json): JsonObject {
  const fresh = {...without(item, 'request'), before: resource};
  return requestOf(updateRequests, update, {program, state, lane, item: fresh, phase: 'write'}, '');
}

/**
 * The members that are not as the step's `expect` says they must still be. Those that the read was made with only
 * identify the resource. Throws ExpressionError.
 */
function strayedFrom(
  update: Update,
  {program, state, lane, item}: Settled,
  resource: Json,
): readonly string[] {
  const {expect, write} = update;
  if (expect === undefined) return [];
  const expected = evaluateText(expect, scopeOf(state, lane, item.value), 'strict');
  return differences(update, modelOf(program, write), expected as JsonObject, resource);
}

function changedSince(item: string, members: readonly string[]): Fault {
  return {
    kind: 'conflict',
    name: 'ChangedSince',
    message: `${item} was changed by someone else since (${members.join(', ')}): it was left as it is`,
    remedy: 'find out who changed it and why, and agree with them on how it should be',
  };
}

/**
 * Returns the part of the item, as shown to the operator, that the write concerns. Members that the step sets are
 * left out: the item may already hold their new values.
 */
function shown(update: Update, value: Json, write: OperationModel): Json {
  const writable = write.input.members();
  const set = new Set(Object.keys(update.set ?? {}));
  const members = Object.entries(membersOf(value));
  return Object.fromEntries(members.filter(([name]) => writable.has(name) && !set.has(name)));
}

function verified(
  update: Update,
  settled: Settled,
  {answer, resource, place}: {readonly answer: Scope; readonly resource: Json; readonly place: ItemPlace},
): readonly Happening[] {
  const {program, item} = settled;
  const write = modelOf(program, update.write);
  const different = differences(update, write, (item.request ?? {}) as JsonObject, resource);
  const done = {type: 'item-done' as const, output: resource, ...defined({note: item.note}), ...place};
  if (update.waitUntil !== undefined || different.length === 0) {
    return whenSettled(update, settled, {answer, different, done});
  }
  const fault: Fault = {
    kind: 'conflict',
    name: 'ReadBackDiffers',
    message: `${item.key}: read back after the write, ${different.join(', ')} is not as written`,
    remedy: 'another client may be changing it: check it before continuing',
  };
  return [endOfCall(settled), {type: 'item-failed', fault, ...place}];
}

function unmodeledFault(item: string, unmodeled: readonly string[]): Fault {
  return {
    kind: 'unsafe',
    name: 'UnmodelledMembers',
    message: `${item} was not changed: AWS answered with ${unmodeled.join(', ')}, which a write would lose`,
    remedy: 'make this change by hand and resume, or use a newer version of Handrail',
  };
}

function noteOf(earlier: string | undefined, note: string): string {
  return earlier === undefined ? note : `${earlier}; ${note}`;
}
