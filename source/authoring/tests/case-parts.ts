import type {Json} from '../../data/json.ts';
import type {Runbook} from '../../runbook/language/schema.ts';
import {inputValues, type InputValue} from '../../runbook/inputs.ts';
import {Secret} from '../../runbook/secret.ts';
import type {AnswerEntry, TestCase, TestFile} from './language.ts';

/** Regions of a test that names none. */
const someRegions = ['eu-west-1', 'us-east-1'];

/** The Regions of the account of a case. */
export function regionsOfCase(
  file: Pick<TestFile, 'regions'>,
  one: Pick<TestCase, 'regions'>,
): readonly string[] {
  return one.regions ?? file.regions ?? someRegions;
}

/** The answers of a case by operation: its own list goes instead of the file's. */
export function answersOf(
  file: Pick<TestFile, 'answers'>,
  one: Pick<TestCase, 'answers'>,
): ReadonlyMap<string, readonly AnswerEntry[]> {
  return new Map(Object.entries({...file.answers, ...one.answers}));
}

/** The values of a case's inputs: its own, the file's, the runbook's defaults. Throws InvalidInput. */
export function givenInputs(
  runbook: Runbook,
  file: Pick<TestFile, 'inputs'>,
  one: Pick<TestCase, 'inputs'>,
): Readonly<Record<string, InputValue>> {
  const given = {...file.inputs, ...one.inputs};
  const pairs = Object.entries(given).map(([name, value]) => `${name}=${asTyped(value)}`);
  const values = inputValues(runbook, pairs, {
    secret: (name) => String(given[name]),
    journal: (name) => given[name] as Json,
  });
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      value instanceof Secret ? new Secret(name, ...secretOf(name, String(given[name]))) : value,
    ]),
  );
}

/** A value as it would be given on a command line. */
function asTyped(value: unknown): string {
  if (Array.isArray(value)) return value.map(String).join(',');
  return typeof value === 'object' ? 'given' : String(value);
}

/** The value of a secret and its mask. Where a journal left a mask, a value is made up for it. */
function secretOf(name: string, given: string): [string, string] {
  const mask = `<secret ${name} 00000000>`;
  return given.startsWith(`<secret ${name} `) ? [`made-up-value-of-${name}`, given] : [given, mask];
}
