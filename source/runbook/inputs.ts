import {closestName} from './closest-name.ts';
import type {Input, Runbook} from './schema.ts';

/** A value of an input. */
export type InputValue = string | number | boolean;

/** An input that cannot be taken; the message says why and what can be. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput';
}

/**
 * The values of a runbook's inputs: those given as `name=value`, the defaults for the rest.
 * Throws {@link InvalidInput}.
 */
export function inputValues(
  runbook: Runbook,
  given: readonly string[],
): Readonly<Record<string, InputValue>> {
  const texts = new Map(given.map((pair) => splitPair(runbook, pair)));
  const entries = Object.entries(runbook.inputs).map(([name, input]): [string, InputValue] => {
    const text = texts.get(name);
    const value = text === undefined ? input.default : parseInput(name, input, text);
    if (value === undefined) {
      throw new InvalidInput(`input ${name} is needed${about(input)}: add --input ${name}=…`);
    }
    return [name, value];
  });
  return Object.fromEntries(entries);
}

function splitPair(runbook: Runbook, pair: string): [string, string] {
  const equals = pair.indexOf('=');
  if (equals < 1) throw new InvalidInput(`--input takes name=value, not ${pair}`);
  const name = pair.slice(0, equals);
  const known = Object.keys(runbook.inputs);
  if (known.includes(name)) return [name, pair.slice(equals + 1)];
  const meant = closestName(name, known);
  const hint = meant === undefined ? `it has: ${known.join(', ') || 'none'}` : `did you mean ${meant}?`;
  throw new InvalidInput(`${runbook.name} has no input ${name}; ${hint}`);
}

function about(input: Input): string {
  return input.description === undefined ? '' : ` (${input.description})`;
}

function parseInput(name: string, input: Input, text: string): InputValue {
  if (input.type === 'boolean') {
    if (text === 'true' || text === 'false') return text === 'true';
    throw new InvalidInput(`input ${name} is true or false, not ${text}`);
  }
  if (input.type === 'number') return parseNumber(name, input, text);
  if (input.enum !== undefined && !input.enum.includes(text)) {
    throw new InvalidInput(`input ${name} is one of ${input.enum.join(', ')}, not ${text}`);
  }
  return text;
}

function parseNumber(name: string, input: Extract<Input, {type: 'number'}>, text: string): number {
  const value = Number(text);
  const {minimum = -Infinity, maximum = Infinity} = input;
  if (text.trim() !== '' && Number.isFinite(value) && value >= minimum && value <= maximum) return value;
  const range = minimum === -Infinity && maximum === Infinity ? '' : ` from ${minimum} to ${maximum}`;
  throw new InvalidInput(`input ${name} is a number${range}, not ${text}`);
}
