import {membersOf, type Json, type JsonObject} from '../../data/json.ts';
import {same, withoutEmpty} from '../../runbook/expression/data.ts';
import type {Scope} from '../../runbook/expression/evaluate.ts';
import {evaluateMembers} from '../../runbook/expression/template.ts';
import type {OperationModel} from '../../runbook/operation.ts';
import type {Update} from '../../runbook/language/actions/update.ts';
import type {Requests} from '../requests/build-request.ts';
import {refuseMisfit} from '../requests/unsafe-request.ts';

/** Requests of an `update`: the read's, and the write's, built from the resource as read. */
export const updateRequests: Requests<Update> = {
  firstPhase: 'read',
  operation: ({read, write}, phase) => (phase === 'write' ? write : read),
  members: ({with: members}) => members,
  agreed: ({with: members, set = {}}) => ({...members, ...set}),
  complete: (update, given, {model, item, scope}) => updateRequest(update, model, item.before, given, scope),
};

/**
 * Builds a write that replaces the whole resource. It carries over every member that the write takes, then applies
 * `set` and `remove`. Empty texts, lists and maps are dropped: services answer with them where nothing is set, and
 * refuse them in requests (minimum lengths). A member that is set to an empty value is sent so: it is to be emptied.
 */
function updateRequest(
  update: Update,
  write: OperationModel,
  before: Json | undefined,
  identity: JsonObject,
  scope: Scope,
): JsonObject {
  const set = evaluateMembers(update.set ?? {}, scope);
  refuseMisfit(write, set);
  const removed = new Set(update.remove);
  const carried = update.partial === true ? identity : {...membersOf(before), ...identity};
  const entries = [...write.input.members().keys()].flatMap((member): [string, Json][] => {
    if (removed.has(member)) return [];
    const value = withoutEmpty(set[member]) ?? set[member] ?? withoutEmpty(carried[member]);
    return value === undefined ? [] : [[member, value]];
  });
  return Object.fromEntries(entries);
}

/**
 * Returns the members that differ from the write after the resource was read again. An empty list means that the
 * update did exactly its job. Members that the write cannot set (dates, counters) are not compared. A `partial` write
 * leaves further members out of the comparison.
 */
export function differences(
  write: OperationModel,
  request: JsonObject,
  after: Json,
  partial = false,
): readonly string[] {
  const found = membersOf(after);
  return [...write.input.members().keys()].filter((member) => {
    if (member === write.tokenMember || (partial && request[member] === undefined)) return false;
    const wanted = withoutEmpty(request[member]);
    const now = withoutEmpty(found[member]);
    // The resource's own key has another name in the write (`arn` and `imagePipelineArn`), so it is not comparable.
    if (now === undefined && wanted !== undefined && Object.values(found).includes(wanted)) return false;
    return !same((wanted ?? null) as Json, (now ?? null) as Json);
  });
}

/**
 * The members that a write takes and that differ between two pictures of a resource. `partly`: the first picture
 * shows only some of them, so the others are not compared.
 */
export function changedMembers(
  write: OperationModel,
  earlier: Json,
  later: Json,
  partly: boolean,
): readonly string[] {
  const before = membersOf(earlier);
  const now = membersOf(later);
  return [...write.input.members().keys()].filter((member) => {
    if (partly && before[member] === undefined) return false;
    const was = withoutEmpty(before[member]) ?? null;
    const is = withoutEmpty(now[member]) ?? null;
    return !same(was as Json, is as Json);
  });
}
