import {regionName} from './region-name.ts';
import {defined} from '../data/defined.ts';
import type {Json} from '../data/json.ts';
import {closestName} from '../text/closest-name.ts';
import type {Input} from './language/inputs.ts';
import type {Runbook} from './language/schema.ts';
import {Secret} from './secret.ts';

/** A value of an input. */
export type InputValue = Json | Secret;

/** An unusable input. The message gives the reason and the usable values. */
export class InvalidInput extends Error {
  override readonly name: string = 'InvalidInput';
}

/** Inputs that need a value and have none. An operator can be asked for them. */
export class MissingInputs extends InvalidInput {
  override readonly name = 'MissingInputs';
  readonly runbook: Runbook;
  readonly inputs: readonly string[];

  constructor(runbook: Runbook, inputs: readonly string[]) {
    const named = inputs.map((name) => {
      const description = runbook.inputs[name]?.description;
      return description === undefined ? name : `${name} (${description})`;
    });
    const options = inputs.map((name) => `--input ${name}=…`).join(' ');
    super(
      `${inputs.length === 1 ? 'input' : 'inputs'} ${named.join(', ')} ${inputs.length === 1 ? 'is' : 'are'} needed: add ${options}`,
    );
    this.runbook = runbook;
    this.inputs = inputs;
  }
}

/** Sources of values that the command line only names. Each throws {@link InvalidInput}. */
export interface InputSources {
  /** The secret at `env:VARIABLE` or `file:PATH`. */
  secret(name: string, pointer: string): string;
  /** Changes of a run, by its id or its journal file. */
  journal(name: string, pointer: string): Json;
}

const noSources: InputSources = {
  secret: (name) => {
    throw new InvalidInput(`input ${name} cannot be given here`);
  },
  journal: (name) => {
    throw new InvalidInput(`input ${name} cannot be given here`);
  },
};

/**
 * The values of a runbook's inputs: those given as `name=value`, the defaults for the rest.
 * Throws {@link InvalidInput}, and {@link MissingInputs} where that is all that is wrong.
 */
export function inputValues(
  runbook: Runbook,
  given: readonly string[],
  sources: InputSources = noSources,
): Readonly<Record<string, InputValue>> {
  const texts = new Map(given.map((pair) => splitPair(runbook, pair)));
  const entries = Object.entries(runbook.inputs).map(([name, input]): [string, InputValue | undefined] => {
    const text = texts.get(name);
    return [name, text === undefined ? defaultOf(input) : parseInput(name, input, text, sources)];
  });
  const missing = entries.flatMap(([name, value]) => (value === undefined ? [name] : []));
  if (missing.length > 0) throw new MissingInputs(runbook, missing);
  return defined(Object.fromEntries(entries)) as Readonly<Record<string, InputValue>>;
}

/** The value of an input that is not given, if it has one. */
function defaultOf(input: Input): Json | undefined {
  return 'default' in input ? input.default : undefined;
}

/** Inputs as they may be kept and shown: secrets as their masks. */
export function maskedInputs(inputs: Readonly<Record<string, InputValue>>): {readonly [name: string]: Json} {
  const entries = Object.entries(inputs).map(([name, value]): [string, Json] => [
    name,
    value instanceof Secret ? value.mask : value,
  ]);
  return Object.fromEntries(entries);
}

/** The secrets among inputs. */
export function secretsAmong(inputs: Readonly<Record<string, InputValue>>): readonly Secret[] {
  return Object.values(inputs).filter((value) => value instanceof Secret);
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

function parseInput(name: string, input: Input, text: string, sources: InputSources): InputValue {
  switch (input.type) {
    case 'boolean':
      if (text === 'true' || text === 'false') return text === 'true';
      throw new InvalidInput(`input ${name} is true or false, not ${text}`);
    case 'number':
      return parseNumber(name, input, text);
    case 'list':
      return partsOf(text);
    case 'regions':
      return parseRegions(name, text);
    case 'secret':
      return new Secret(name, sources.secret(name, text));
    case 'journal':
      return sources.journal(name, text);
    case 'string':
      if (input.enum === undefined || input.enum.includes(text)) return text;
      throw new InvalidInput(
        `input ${name} is one of ${input.enum.join(', ')}, not ${text === '' ? 'an empty text' : text}`,
      );
  }
}

function partsOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function parseRegions(name: string, text: string): readonly string[] {
  const regions = partsOf(text);
  const strange = regions.find((region) => !regionName.test(region));
  if (strange === undefined) return regions;
  throw new InvalidInput(`input ${name} takes names of Regions such as eu-west-1, not ${strange}`);
}

function parseNumber(name: string, input: Extract<Input, {type: 'number'}>, text: string): number {
  const value = Number(text);
  const {minimum = -Infinity, maximum = Infinity} = input;
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw new InvalidInput(
      `input ${name}: numbers are exact up to ${Number.MAX_SAFE_INTEGER}, and ${text} is larger`,
    );
  }
  if (text.trim() !== '' && Number.isFinite(value) && value >= minimum && value <= maximum) return value;
  const range = minimum === -Infinity && maximum === Infinity ? '' : ` from ${minimum} to ${maximum}`;
  throw new InvalidInput(`input ${name} is a number${range}, not ${text}`);
}
