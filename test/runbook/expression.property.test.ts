import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {Json} from '../../source/data/json.ts';
import {inferShape} from '../../source/runbook/check/shapes/infer-shape.ts';
import {
  anything,
  boolean,
  listOf,
  mapOf,
  number,
  objectOf,
  text,
  time,
} from '../../source/runbook/check/shapes/shapes.ts';
import {optionsOf, orNothing} from '../../source/runbook/check/shapes/unions.ts';
import {evaluate} from '../../source/runbook/expression/evaluate.ts';
import {ExpressionError} from '../../source/runbook/expression/parse.ts';
import type {Shape} from '../../source/runbook/operation.ts';

const tag = objectOf([
  ['key', text],
  ['value', orNothing(text)],
]);
const volume = objectOf([
  ['id', text],
  ['size', number],
  ['encrypted', boolean],
  ['made', time],
  ['tags', listOf(tag)],
  ['owner', orNothing(objectOf([['name', text]]))],
]);
/** A scope as a runbook has it: what is there, and what may be nothing. */
const root = objectOf([
  ['name', text],
  ['count', number],
  ['on', boolean],
  ['made', time],
  ['names', listOf(text)],
  ['times', listOf(time)],
  ['ended', orNothing(time)],
  ['counts', listOf(number)],
  ['volumes', listOf(volume)],
  ['first', volume],
  ['labels', mapOf(() => text)],
  ['pair', listOf(listOf(text))],
  ['maybe', orNothing(text)],
  ['perhaps', orNothing(listOf(volume))],
]);
const variables = new Map<string, Shape>([
  ['made', time],
  [
    'inputs',
    objectOf([
      ['limit', number],
      ['prefix', text],
    ]),
  ],
]);

/** Data of a shape: whatever conforms to it, with lists of these lengths. */
function dataOf(shape: Shape, items: fc.ArrayConstraints): fc.Arbitrary<Json> {
  const options = optionsOf(shape);
  if (options.length > 1) return fc.oneof(...options.map((one) => dataOf(one, items)));
  switch (shape.kind) {
    case 'string':
      return fc.constantFrom('', 'a', 'name', 'eu-west-1', '12', 'ä😀');
    case 'timestamp':
      return fc.constantFrom(
        '2026-01-01T00:00:00.000Z',
        '2026-06-01T12:30:00.000Z',
        '2025-12-31T23:59:59.999Z',
      );
    case 'number':
      return fc.constantFrom(0, 1, 2, -3, 4.5, 100);
    case 'boolean':
      return fc.boolean();
    case 'list':
      return fc.array(dataOf(shape.item() ?? anything, items), items);
    case 'map':
      return fc.dictionary(fc.constantFrom('a', 'b', 'c'), dataOf(shape.item() ?? anything, items));
    case 'structure':
      return fc.record(
        Object.fromEntries([...shape.members()].map(([name, member]) => [name, dataOf(member.shape, items)])),
      );
    case 'nothing':
      return fc.constant(null);
    default:
      throw new Error(`no data for ${shape.kind}: the checker says nothing about it`);
  }
}

type Kind = 'text' | 'number' | 'boolean' | 'time' | 'list' | 'object';
const kinds: readonly Kind[] = ['text', 'number', 'boolean', 'time', 'list', 'object'];

const paths: Readonly<Record<Kind, readonly string[]>> = {
  text: [
    'name',
    'first.id',
    'maybe',
    '$inputs.prefix',
    'volumes[0].id',
    'first.owner.name',
    'names[-1]',
    'first.tags[0].value',
    "'x'",
    'optional(first.owner.name)',
    "not_null(maybe, 'y')",
  ],
  number: ['count', 'first.size', '$inputs.limit', '`2`', 'counts[0]', 'length(names)', 'volumes[1].size'],
  time: [
    'made',
    'first.made',
    'now()',
    'volumes[0].made',
    'times[-1]',
    'ended',
    "time('2026-03-01T10:00:00+02:00')",
    'not_null(ended, made)',
    'optional(first.made)',
  ],
  boolean: ['on', 'first.encrypted', '`true`', 'volumes[0].encrypted'],
  list: [
    'names',
    'counts',
    'times',
    'volumes[].made',
    'volumes',
    'first.tags',
    'perhaps',
    'volumes[].tags[]',
    'volumes[].id',
    'pair',
    'names[::-1]',
    "['a', 'b']",
    '`[]`',
    'keys(labels)',
  ],
  object: [
    'first',
    'labels',
    'volumes[0]',
    'first.owner',
    '{a: name, b: count}',
    'optional(first.owner)',
    '@',
  ],
};

function call(name: string, ...args: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> {
  return fc.tuple(...args).map((given) => `${name}(${given.join(', ')})`);
}

/** Expressions that a person might write: mostly of the kind that is needed, now and then of another. */
const expressions = fc.letrec<Record<Kind | 'any', string>>((tie) => {
  const any = fc.oneof(...kinds.map((kind) => tie(kind)));
  const near = (kind: Kind): fc.Arbitrary<string> =>
    fc.oneof({weight: 11, arbitrary: tie(kind)}, {weight: 1, arbitrary: any});
  const infix = (left: Kind, signs: readonly string[], right: Kind = left): fc.Arbitrary<string> =>
    fc.tuple(near(left), fc.constantFrom(...signs), near(right)).map((parts) => `(${parts.join(' ')})`);
  const duration = fc.constantFrom("'14d'", "'36h'", "'P1DT12H'", "'90s'");
  const either = (kind: Kind): fc.Arbitrary<string> =>
    fc.oneof(
      fc.tuple(near(kind), near(kind)).map(([left, right]) => `(${left} || ${right})`),
      fc.tuple(near('boolean'), near(kind), near(kind)).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
      fc.tuple(near('boolean'), near(kind), near(kind)).map(([a, b, c]) => `(${a} && ${b} || ${c})`),
      call('not_null', near(kind), near(kind)),
      near(kind).map((one) => `(${one} | @)`),
    );
  const of = (kind: Kind, ...made: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
    fc.oneof({maxDepth: 3, depthSize: 'small'}, fc.constantFrom(...paths[kind]), either(kind), ...made);
  const itemCondition = fc.oneof(
    fc.constantFrom(
      "id == 'a'",
      'size > `1`',
      'encrypted',
      "older_than(made, '30d')",
      'made > $made',
      '@',
      'owner',
      '!tags',
      'value',
      "key != 'x'",
      'owner.name',
      '!size',
      "contains(@, 'a')",
      'length(tags) > `0`',
    ),
    tie('boolean'),
  );
  return {
    any,
    text: of(
      'text',
      call('join', near('text'), near('list')),
      ...['lower', 'upper', 'trim', 'to_string', 'type', 'reverse'].map((name) => call(name, near('text'))),
      call('replace', near('text'), near('text'), near('text')),
      call('pad_left', near('text'), fc.constantFrom('`3`', 'length(names)')),
      call('max', near('list')),
      near('text').map((one) => `${one}[0:2]`),
    ),
    number: of(
      'number',
      infix('number', ['+', '-', '*']),
      ...['abs', 'ceil', 'floor'].map((name) => call(name, near('number'))),
      ...['length', 'sum', 'avg', 'max', 'min'].map((name) => call(name, near('list'))),
      call('length', near('text')),
      call('find_first', near('text'), near('text')),
      call('to_number', near('text')),
      near('number').map((one) => `-${one}`),
    ),
    boolean: of(
      'boolean',
      infix('number', ['<', '<=', '>', '>=', '==', '!=']),
      infix('text', ['==', '!=', '<', '>=']),
      infix('time', ['==', '!=', '<', '<=', '>', '>=']),
      call('older_than', near('time'), duration),
      call('newer_than', near('time'), duration),
      infix('boolean', ['&&', '||']),
      infix('list', ['==']),
      near('boolean').map((one) => `!(${one})`),
      any.map((one) => `!(${one})`),
      call('contains', near('list'), near('text')),
      call('contains', near('text'), near('text')),
      call('starts_with', near('text'), near('text')),
    ),
    time: of(
      'time',
      call('later', near('time'), duration),
      call('earlier', near('time'), duration),
      call('max', near('list')),
      fc.tuple(near('time'), near('time')).map((both) => `min([${both.join(', ')}])`),
    ),
    list: of(
      'list',
      fc.tuple(near('list'), itemCondition).map(([list, condition]) => `${list}[?${condition}]`),
      fc
        .tuple(
          near('list'),
          fc.constantFrom(
            'id',
            'size',
            'tags[]',
            'owner.name',
            'value',
            'tags[0].key',
            '{a: id, b: owner}',
            '[id, size]',
            'length(@)',
          ),
        )
        .map(([list, rest]) => `${list}[].${rest}`),
      ...['sort', 'reverse', 'unique', 'to_array'].map((name) => call(name, near('list'))),
      fc
        .tuple(
          fc.constantFrom('sort_by', 'max_by', 'group_by'),
          near('list'),
          fc.constantFrom('&id', '&size', '&made', '&key', '&value', '&tags', '&@'),
        )
        .map(([name, list, key]) => `${name}(${list}, ${key})`),
      ...['keys', 'values', 'items'].map((name) => call(name, near('object'))),
      call('split', near('text'), fc.constantFrom("','", "'-'")),
      call('zip', near('list'), near('list')),
      near('list').map((one) => `${one}[1:]`),
      near('list').map((one) => `${one}[]`),
      fc.tuple(any, any).map((parts) => `[${parts.join(', ')}]`),
    ),
    object: of(
      'object',
      call('merge', near('object'), near('object')),
      fc.tuple(any, any).map(([a, b]) => `{a: ${a}, id: ${b}}`),
      near('object').map((one) => `let $kept = ${one} in $kept`),
      near('object').map((one) => `optional(${one})`),
      call('optional', any),
    ),
  };
});

/** Failures that only the data decides: no shape tells how long a list is or what a text says. */
const byData = /reaches nothing|list is empty|division by zero|too large to be exact/;

interface Tried {
  readonly accepted: number;
  readonly failed: readonly string[];
}

/** Evaluates the expressions that the checker takes, each on three pieces of data. */
function tryAll(count: number, seed: number, items: fc.ArrayConstraints): Tried {
  const sources = fc.sample(expressions.any, {numRuns: count, seed});
  const data = fc.sample(dataOf(root, items), {numRuns: 200, seed});
  const inputs = {limit: 3, prefix: 'a'};
  const made = '2026-02-01T00:00:00.000Z';
  let accepted = 0;
  const failed: string[] = [];
  for (const [index, source] of sources.entries()) {
    let isRight = true;
    try {
      inferShape(source, {root, variables}, () => (isRight = false));
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      isRight = false;
    }
    if (!isRight) continue;
    for (const at of [0, 1, 2]) {
      accepted += 1;
      const value = data[(index * 3 + at) % data.length] ?? null;
      try {
        evaluate(source, {root: value, variables: {inputs, made}, now: Date.UTC(2026, 4, 1)}, 'strict');
      } catch (error) {
        if (!(error instanceof ExpressionError)) throw error;
        failed.push(`${source}: ${error.message}`);
      }
    }
  }
  return {accepted, failed};
}

const count = Number(process.env['HANDRAIL_FUZZ'] ?? 3000);

function report(name: string, {accepted, failed}: Tried): void {
  if (process.env['HANDRAIL_FUZZ'] === undefined) return;
  const byType = failed.filter((one) => !byData.test(one));
  process.stderr.write(`${name}: ${accepted} evaluated, ${failed.length} failed, ${byType.length} by type\n`);
  process.stderr.write(`${[...byType, '--', ...failed].slice(0, 40).join('\n')}\n`);
}

describe('an expression that the checker takes', () => {
  it('fails on less than one in a hundred pieces of data in which lists have items', () => {
    const tried = tryAll(count, 20_261_127, {minLength: 2, maxLength: 3});
    report('with items', tried);
    expect(tried.accepted).toBeGreaterThan(count / 2);
    expect(tried.failed.length / tried.accepted, tried.failed.slice(0, 9).join('\n')).toBeLessThan(0.01);
  });

  it('fails for nothing but an item that is not there, where lists may be empty', () => {
    const tried = tryAll(count, 27_112_026, {maxLength: 3});
    report('empty lists', tried);
    expect(tried.accepted).toBeGreaterThan(count / 2);
    expect(tried.failed.filter((one) => !byData.test(one))).toEqual([]);
  });
});
