import {isObject, membersOf, type Json, type JsonObject} from '../../data/json.ts';
import type {OperationModel, Shape} from '../../runbook/operation.ts';

/** Deepest structure that is made up: models refer to themselves. */
const deepest = 6;

/**
 * An answer of the right shape with nothing in it: empty lists, and the least value of each member that must be there.
 * Services never answer with less than one member, where they have some.
 */
export function defaultAnswer({output, pages}: OperationModel, now: string): JsonObject {
  const members = [...output.members()].filter(([name]) => name !== pages?.outputToken);
  const lists = members
    .filter(([, {shape}]) => shape.kind === 'list')
    .map(([name]): [string, Json] => [name, []]);
  const answer = {...Object.fromEntries(lists), ...required(output, now, 0)};
  if (Object.keys(answer).length > 0) return answer;
  return Object.fromEntries(members.map(([name, {shape}]) => [name, least(shape, now, 0)]));
}

/** A value with the least of each member that must be there and is not, at any depth. */
export function completed(value: Json, shape: Shape, now: string): Json {
  if (Array.isArray(value) || shape.kind === 'map') {
    const item = shape.item();
    if (item === undefined) return value;
    if (Array.isArray(value)) return value.map((one: Json) => completed(one, item, now));
    return mapped(value, (one) => completed(one, item, now));
  }
  if (shape.kind !== 'structure' || !isObject(value)) return value;
  const members = shape.members();
  const own = mapped(value, (one, name) => {
    const member = members.get(name);
    return member === undefined ? one : completed(one, member.shape, now);
  });
  return {...required(shape, now, 0), ...own};
}

function mapped(value: Json, change: (one: Json, name: string) => Json): JsonObject {
  return Object.fromEntries(
    Object.entries(membersOf(value)).map(([name, one]): [string, Json] => [name, change(one, name)]),
  );
}

function required(shape: Shape, now: string, depth: number): JsonObject {
  if (depth > deepest) return {};
  const needed = [...shape.members()].filter(([, member]) => member.required);
  return Object.fromEntries(needed.map(([name, member]) => [name, least(member.shape, now, depth)]));
}

function least(shape: Shape, now: string, depth: number): Json {
  switch (shape.kind) {
    case 'list':
      return [];
    case 'structure':
      return required(shape, now, depth + 1);
    case 'map':
    case 'document':
      return {};
    case 'number':
      return 0;
    case 'boolean':
      return false;
    case 'timestamp':
      return now;
    default:
      return '';
  }
}
