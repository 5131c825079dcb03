import {same, withoutEmpty, type Data} from '../../runbook/expression/data.ts';
import type {Scope} from '../../runbook/expression/evaluate.ts';
import {evaluateValue} from '../../runbook/expression/template.ts';
import type {OperationModel} from '../../runbook/operation.ts';
import type {Update} from '../../runbook/language/actions/update.ts';
import type {Json} from '../model/events.ts';
import type {Requests} from '../requests/build-request.ts';

type Members = {readonly [member: string]: Json};

/** The requests of an `update`: its read's, and its write's from what was read. */
export const updateRequests: Requests<Update> = {
  firstPhase: 'read',
  operation: ({read, write}, phase) => (phase === 'write' ? write : read),
  members: ({with: members}) => members,
  complete: (update, given, {model, item, scope}) => updateRequest(update, model, item.before, given, scope),
};

/**
 * The request of a write that replaces the whole resource: every member that the write takes is carried over from
 * what was read, then `set` and `remove` are applied. Empty texts, lists and maps are dropped: the services answer
 * with them where nothing is set, and refuse them when they are sent back (minimum lengths).
 */
function updateRequest(
  update: Update,
  write: OperationModel,
  before: Json | undefined,
  identity: Members,
  scope: Scope,
): Members {
  const set = evaluateValue(update.set ?? {}, scope) as Members;
  const removed = new Set(update.remove);
  const carried = update.partial === true ? identity : {...asMembers(before), ...identity};
  const entries = [...write.input.members().keys()].flatMap((member): [string, Json][] => {
    if (removed.has(member)) return [];
    const value = withoutEmpty(set[member] ?? carried[member]);
    return value === undefined ? [] : [[member, value]];
  });
  return Object.fromEntries(entries);
}

/**
 * The members that are not as the write asked, after reading the resource again: none when the update did what was
 * meant and nothing else. Members that the write cannot set (dates, counters) are not compared; nor, where the write
 * is `partial`, those that it left alone.
 */
export function differences(
  write: OperationModel,
  request: Members,
  after: Json,
  partial = false,
): readonly string[] {
  const found = asMembers(after);
  return [...write.input.members().keys()].filter((member) => {
    if (member === write.tokenMember || (partial && request[member] === undefined)) return false;
    const wanted = request[member];
    const now = withoutEmpty(found[member]);
    // The resource's own key has another name in the write (`arn` and `imagePipelineArn`), so it is not comparable.
    if (now === undefined && wanted !== undefined && Object.values(found).includes(wanted)) return false;
    return !same((wanted ?? null) as Data, (now ?? null) as Data);
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
  const before = asMembers(earlier);
  const now = asMembers(later);
  return [...write.input.members().keys()].filter((member) => {
    if (partly && before[member] === undefined) return false;
    const was = withoutEmpty(before[member]) ?? null;
    const is = withoutEmpty(now[member]) ?? null;
    return !same(was as Data, is as Data);
  });
}

function asMembers(value: Json | undefined): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};
}
