import type {Json} from '../../data/json.ts';
import type {OperationModel} from '../../runbook/operation.ts';
import type {RawAnswer} from './raw-response.ts';

/**
 * Returns why a success cannot be one, by the operation's model of its responses; undefined if it may be one.
 * The SDK takes an empty body or `{}` for a success without members. A missing list reads like an empty one,
 * which must not pass for "nothing in use".
 */
export function whatIsWrong(
  model: OperationModel,
  members: {readonly [member: string]: Json},
  raw: RawAnswer | undefined,
): string | undefined {
  const shapes = [...model.output.members()];
  if (shapes.length === 0) return undefined;
  if (raw !== undefined && raw.status === 200 && raw.body.byteLength === 0) return 'the answer was empty';
  const present = ([name]: (typeof shapes)[number]): boolean => isThere(members[name]);
  const missing = shapes.find((entry) => entry[1].required && !present(entry));
  if (missing !== undefined) return `the answer had no ${missing[0]}`;
  const lists = shapes.filter(([, {shape}]) => shape.kind === 'list');
  const odd = lists.find((entry) => present(entry) && !Array.isArray(members[entry[0]]));
  if (odd !== undefined) return `${odd[0]} was no list`;
  if (model.pages !== undefined && lists.length > 0 && !lists.some(present)) {
    return `the answer had no ${lists.map(([name]) => name).join(', ')}`;
  }
  // Services whose answers carry their request id always send it: without a single member it is not their answer.
  const speaks = shapes.some(([name]) => name === 'requestId');
  return speaks && !shapes.some(present) ? 'the answer had no members' : undefined;
}

function isThere(value: Json | undefined): boolean {
  return value !== undefined && value !== null;
}
