import {isObject, membersOf, type Json, type JsonObject} from '../../data/json.ts';
import {same, withoutEmpty} from '../../runbook/expression/data.ts';
import type {Scope} from '../../runbook/expression/evaluate.ts';
import {evaluateMembers} from '../../runbook/expression/template.ts';
import type {OperationModel, Shape} from '../../runbook/operation.ts';
import type {Update} from '../../runbook/language/actions/update.ts';
import type {Requests} from '../requests/build-request.ts';
import {refuseMisfit} from '../requests/unsafe-request.ts';

/** Requests of an `update`: the read's, and the write's, built from the resource as read. */
export const updateRequests: Requests<Update> = {
  firstPhase: 'read',
  operation: ({read, write}, phase) => (phase === 'write' ? write : read),
  members: ({with: members}) => members,
  agreed: ({with: members, writeWith = {}, set = {}}) => ({...members, ...writeWith, ...set}),
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
  const given = evaluateMembers(update.set ?? {}, scope);
  // What is put back was read: a structure may have members there that no write takes.
  const set = update.expect === undefined ? given : writable(given, write.input);
  const own = evaluateMembers(update.writeWith ?? {}, scope);
  refuseMisfit(write, set);
  refuseMisfit(write, own);
  const removed = new Set(update.remove);
  const carried = update.partial === true ? identity : {...membersOf(before), ...identity};
  const entries = [...write.input.members().keys()].flatMap((member): [string, Json][] => {
    if (removed.has(member)) return [];
    const value = withoutEmpty(set[member]) ?? set[member] ?? own[member] ?? withoutEmpty(carried[member]);
    return value === undefined ? [] : [[member, value]];
  });
  return Object.fromEntries(entries);
}

/** The members of a value that a shape has, at any depth. */
function writable(members: JsonObject, shape: Shape): JsonObject {
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, value]): [string, Json][] => {
      const member = shape.members().get(name);
      return member === undefined ? [] : [[name, writableAt(value, member.shape)]];
    }),
  );
}

function writableAt(value: Json, shape: Shape): Json {
  const item = shape.item();
  if (Array.isArray(value))
    return item === undefined ? value : value.map((one: Json) => writableAt(one, item));
  return shape.kind === 'structure' && isObject(value) ? writable(value, shape) : value;
}

/** The members of a write that say which resource it is, or how it is written: they are not compared. */
function asideOf({with: identity, writeWith = {}, set = {}}: Update): ReadonlySet<string> {
  const names = Object.keys(identity).filter((name) => !Object.hasOwn(set, name));
  return new Set([...names, ...Object.keys(writeWith)]);
}

/**
 * Returns the members that differ from the write after the resource was read again. An empty list means that the
 * update did exactly its job. Members that the write cannot set (dates, counters) are not compared, nor those that only
 * say which resource it is. Of a `partial` write only its own members are compared, and of its structures too.
 */
export function differences(
  update: Update,
  write: OperationModel,
  request: JsonObject,
  after: Json,
): readonly string[] {
  const found = membersOf(after);
  const aside = asideOf(update);
  const partial = update.partial === true;
  return [...write.input.members()].flatMap(([name, {shape}]) => {
    if (name === write.tokenMember || aside.has(name)) return [];
    if (partial && request[name] === undefined) return [];
    const wanted = withoutEmpty(request[name]) ?? null;
    const now = withoutEmpty(found[name]) ?? null;
    return (partial ? holds(wanted, now, shape) : same(wanted, now)) ? [] : [name];
  });
}

/** Returns true if all that was wanted is there: a structure may have more members, and nothing else may. */
function holds(wanted: Json, found: Json, shape: Shape): boolean {
  const item = shape.item();
  if (Array.isArray(wanted) && Array.isArray(found) && item !== undefined) {
    return (
      wanted.length === found.length && wanted.every((one: Json, at) => holds(one, found[at] as Json, item))
    );
  }
  if (shape.kind !== 'structure' || !isObject(wanted) || !isObject(found)) return same(wanted, found);
  return Object.entries(wanted).every(([name, value]) => {
    const member = shape.members().get(name);
    return member !== undefined && holds(value, found[name] ?? null, member.shape);
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
