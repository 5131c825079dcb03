import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import type {Json} from '../../source/data/json.ts';
import {same} from '../../source/runbook/expression/data.ts';
import {evaluate} from '../../source/runbook/expression/evaluate.ts';
import {ExpressionError} from '../../source/runbook/expression/parse.ts';
import {deviations} from '../../source/runbook/language/expression-notes.ts';

/** The result of an expression where paths may reach nothing, as JMESPath has it, or the error's message. */
function lenient(source: string, given: Json): {readonly result: Json} | {readonly error: string} {
  try {
    return {result: evaluate(source, {root: given, variables: {}}, 'lenient')};
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return {error: error.message};
  }
}

const strict = (source: string, root: Json): Json => evaluate(source, {root, variables: {}}, 'strict');

describe('an expression', () => {
  it.each<[string, Json, Json]>([
    ["to_number('')", null, null],
    ["to_number('0x10')", null, null],
    ["to_number(' 5 ')", null, null],
    ["to_number('-1.5e3')", null, -1500],
    [
      'max_by(@, &a).b',
      [
        {a: 1, b: 1},
        {a: 1, b: 2},
      ],
      1,
    ],
    [
      'min_by(@, &a).b',
      [
        {a: 2, b: 1},
        {a: 1, b: 2},
        {a: 1, b: 3},
      ],
      2,
    ],
    ['[::2]', [0, 1, 2, 3, 4], [0, 2, 4]],
    ['[::-1]', [0, 1, 2], [2, 1, 0]],
    ['[10:0:-2]', [0, 1, 2, 3, 4, 5], [5, 3, 1]],
    ['[:-5:-1]', [0, 1, 2, 3, 4, 5], [5, 4, 3, 2]],
    ['[::-1].a', [{a: 1}, {a: 2}], [2, 1]],
    ["'instance'[0:2]", null, 'in'],
    ["'ä😀b'[::-1]", null, 'b😀ä'],
    ["replace('aaaa', 'a', 'b', `2`)", null, 'bbaa'],
    ["trim('  a ', '')", null, 'a'],
    ["sort(['\u{1F600}', '\uFB01'])", {}, ['\uFB01', '\u{1F600}']],
  ])('%s means what JMESPath says', (source, given, result) => {
    expect(lenient(source, given)).toEqual({result});
    if (result !== null) expect(strict(source, given)).toEqual(result);
  });

  it.each([
    'b[::0]',
    "split('a', ',', `-1`)",
    "pad_left('a', `5`, 'xy')",
    'from_items([[a]])',
    "find_first('a', 'a', `0.5`)",
  ])('%s is an error in words of ours', (source) => {
    expect(lenient(source, {a: 'x', b: [1]})).toEqual({
      error: expect.not.stringMatching(/invalid|expected|TYPE_/) as string,
    });
  });
});

/** A case for each deliberate difference, and the expressions of the suites that it is about. */
const cases: Readonly<
  Record<keyof typeof deviations, {readonly holds: () => void; readonly suites?: RegExp}>
> = {
  absence: {holds: () => expect(() => strict('a.b', {a: {}})).toThrow(/reaches nothing/)},
  chosen: {holds: () => expect(() => strict('max(@)', [])).toThrow(/reaches nothing/)},
  ordering: {
    holds() {
      expect(lenient("'a' < 'b'", null)).toEqual({result: true});
      expect(lenient('@ < `1`', [])).toHaveProperty('error');
    },
    suites: /^\w+ < \w+$/,
  },
  map: {holds: () => expect(lenient('map(&a, @)', [])).toHaveProperty('error'), suites: /^map\(/},
  exact: {holds: () => expect(lenient("to_number('1e21')", null)).toHaveProperty('error'), suites: /1e21/},
  groups: {
    holds: () => expect(lenient('group_by(@, &a)', [{a: 1}])).toEqual({result: {'1': [{a: 1}]}}),
    suites: /^group_by\(items, &spec\.nodeNumber\)/,
  },
  nothing: {holds: () => expect(lenient('@ | [@]', null)).toEqual({result: null}), suites: /^`null`\|/},
  backslash: {
    holds: () => expect(lenient(String.raw`'\\'`, null)).toEqual({result: '\\'}),
    suites: /^'\\\\'$/,
  },
};

describe('a difference from JMESPath', () => {
  it.each(Object.keys(deviations))('is as the reference says: %s', (name) => {
    expect(Object.keys(cases).sort()).toEqual(Object.keys(deviations).sort());
    cases[name]?.holds();
  });
});

interface Group {
  readonly given: Json;
  readonly cases: readonly {
    readonly expression: string;
    readonly result?: Json;
    readonly error?: string;
    readonly bench?: string;
  }[];
}

/** Where the official compliance suites lie as data; they are not part of the project. */
const folder = process.env['HANDRAIL_JMESPATH'] ?? join(import.meta.dirname, '../../../shared/data/jmespath');

/** What a suite wants and is not so, the deliberate differences aside. */
function failuresIn(suite: string): {readonly tried: number; readonly failures: readonly string[]} {
  let tried = 0;
  const failures: string[] = [];
  const expected = Object.values(cases).flatMap(({suites}) => (suites === undefined ? [] : [suites]));
  for (const file of readdirSync(join(folder, suite))) {
    const groups = JSON.parse(readFileSync(join(folder, suite, file), 'utf8')) as readonly Group[];
    for (const {given, cases: all} of groups) {
      for (const {expression, result, error, bench} of all) {
        if (bench !== undefined) continue;
        tried += 1;
        const found = lenient(expression, given);
        const isRight =
          error === undefined ? 'result' in found && same(found.result, result ?? null) : 'error' in found;
        if (!isRight && !expected.some((one) => one.test(expression))) {
          failures.push(`${suite}/${file}: ${expression}: ${JSON.stringify(found)}`);
        }
      }
    }
  }
  return {tried, failures};
}

describe('the compliance suites of JMESPath', () => {
  it.each(['official', 'community'])('%s: every case passes, but for the deliberate differences', (suite) => {
    if (!existsSync(folder)) {
      process.stderr.write(`the suites are not at ${folder}: only Handrail's own cases were tried\n`);
      return;
    }
    const {tried, failures} = failuresIn(suite);
    expect(tried).toBeGreaterThan(800);
    expect(failures).toEqual([]);
  });
});
