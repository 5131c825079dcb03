import type {Json} from '../../source/data/json.ts';
import {describe, expect, it} from 'vitest';
import {evaluate} from '../../source/runbook/expression/evaluate.ts';
import {ExpressionError, maxExpressionLength} from '../../source/runbook/expression/parse.ts';
import {
  evaluateMembers,
  evaluateMessage,
  evaluateText,
  partsOf,
} from '../../source/runbook/expression/template.ts';

function strict(source: string, root: Json, variables: {readonly [name: string]: Json} = {}): Json {
  return evaluate(source, {root, variables}, 'strict');
}

describe('a strict path', () => {
  const regions = [
    {region: 'eu-west-1', output: []},
    {region: 'us-east-1', output: [{arn: 'a'}]},
  ];

  it('does not take a typo for an empty list', () => {
    const scope = {steps: {builds: {byRegion: regions}}};
    expect(strict('length(steps.builds.byRegion[].output[]) == `0`', scope)).toBe(false);
    for (const typo of [
      'length(steps.builds.byRegion[].outputs[]) == `0`',
      'length(steps.bilds.byRegion[].output[]) == `0`',
      'length(steps.builds.byRegions[].output[]) == `0`',
      'length(steps.builds.output[]) == `0`',
      'length(steps.builds.byRegion[?length(outputs) > `0`]) == `0`',
    ]) {
      expect(() => strict(typo, scope), typo).toThrow(ExpressionError);
    }
  });

  it('may reach nothing where that is said: optional(), not_null() and left of ||', () => {
    expect(strict('optional(a.b)', {})).toBeNull();
    expect(strict("not_null(a.b, 'x')", {})).toBe('x');
    expect(strict("a.b || 'x'", {})).toBe('x');
    expect(() => strict("'x' == a.b || `true` && a.c", {a: {b: 'y'}})).toThrow(ExpressionError);
  });

  it('is strict in the key of a sort, too', () => {
    expect(strict('sort_by(@, &n)[].n', [{n: 2}, {n: 1}])).toEqual([1, 2]);
    expect(() => strict('sort_by(@, &m)', [{n: 2}])).toThrow(/m reaches nothing/);
  });
});

describe('where a value is needed', () => {
  it.each([
    'optional(length(a))',
    'optional(a + `1`)',
    '(a > `1`) || `true`',
    "not_null(join(', ', a), 'x')",
    'optional(-a)',
    'optional(sort_by(a, &b))',
  ])('nothing is as wrong inside optional() as outside: %s', (source) => {
    expect(() => strict(source, {})).toThrow(/a reaches nothing/);
  });

  it('what is chosen from an empty list, and not_null() of nothing, reach nothing', () => {
    const scope = {list: [], none: null};
    for (const source of ['max(list)', 'avg(list)', 'max_by(list, &a)', 'list[0]', 'not_null(none, none)']) {
      expect(() => strict(source, scope), source).toThrow(/reaches nothing/);
      expect(strict(`optional(${source})`, scope), source).toBeNull();
    }
  });

  it('numbers that are not exact are refused, and never rounded', () => {
    const large = {a: 2 ** 53, b: 2 ** 53};
    for (const source of [
      'a == b',
      'a > b',
      'a + `1`',
      'to_string(a)',
      'sum([a])',
      '`9007199254740991` + `1`',
    ]) {
      expect(() => strict(source, large), source).toThrow(/exact/);
    }
    expect(() => strict('`9007199254740993`', {})).toThrow(/write this one as a text/);
    expect(() => strict('`{"a": [9007199254740993]}`', {})).toThrow(/write this one as a text/);
    expect(() => evaluateText('${{ a }}-', {root: large, variables: {}}, 'strict')).toThrow(/exact/);
  });

  it('texts are ordered by their code points', () => {
    expect(strict("'a' < 'b'", {})).toBe(true);
    expect(strict("['\u{1F600}', '\uFB01'] | [0] > [1]", {})).toBe(true);
    expect(strict("sort(['\u{1F600}', '\uFB01'])[0]", {})).toBe('\uFB01');
    expect(() => strict("'a' < `1`", {})).toThrow(/two numbers, texts or times/);
  });
});

describe('names that mean something to JavaScript', () => {
  const hostile = JSON.parse('{"__proto__": {"a": 1}, "constructor": {"b": 2}, "plain": 3}') as Json;

  it('are members like any other', () => {
    expect(strict('"__proto__".a', hostile)).toBe(1);
    expect(strict('constructor.b', hostile)).toBe(2);
    expect(() => strict('toString', hostile)).toThrow(/toString reaches nothing/);
    expect(() => strict('hasOwnProperty', hostile)).toThrow(ExpressionError);
  });

  it('change no prototype, whatever function meets them', () => {
    const merged = strict('merge(@, @)', hostile);
    expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
    expect(Object.keys(merged as object)).toEqual(['__proto__', 'constructor', 'plain']);
    const grouped = strict('group_by(@, &k)', [{k: '__proto__'}, {k: 'constructor'}, {k: '__proto__'}]);
    expect(Object.entries(grouped as object).map(([key, list]) => [key, (list as Json[]).length])).toEqual([
      ['__proto__', 2],
      ['constructor', 1],
    ]);
    expect(strict("from_items([['__proto__', 'x']])", {})).toHaveProperty(['__proto__'], 'x');
    expect(Object.keys(strict('{"__proto__": plain}', hostile) as object)).toEqual(['__proto__']);
    expect(({} as {a?: unknown}).a).toBeUndefined();
  });
});

describe('functions of its own', () => {
  it('read a URL-encoded policy', () => {
    const policy = {Statement: [{Action: ['ec2:RunInstances']}]};
    const encoded = encodeURIComponent(JSON.stringify(policy));
    expect(strict('parse_json(from_url(@)).Statement[].Action[]', encoded)).toEqual(['ec2:RunInstances']);
    expect(() => strict('parse_json(@)', '{')).toThrow(/not JSON/);
    expect(() => strict('from_url(@)', '%zz')).toThrow(/not URL-encoded/);
  });

  it('tell which members differ', () => {
    expect(
      strict('differences(@[0], @[1])', [
        {a: 1, b: {c: 1}},
        {b: {c: 2}, d: 3},
      ]),
    ).toEqual(['a', 'b', 'd']);
  });
});

function nest(open: string, close: string, depth: number): string {
  return open.repeat(depth) + '@' + close.repeat(depth);
}

describe('towers', () => {
  it.each([
    ['nested pairs', '[@,@]|'.repeat(23) + '@'],
    ['pairs handed to a function', `to_string(${'[@,@]|'.repeat(20)}@)`],
    ['pairs compared', `(${'[@,@]|'.repeat(22)}@) == (${'[@,@]|'.repeat(22)}@)`],
    ['brackets', nest('[', ']', 500)],
    ['parentheses', nest('(', ')', 2000)],
    ['negations', '!'.repeat(4000) + 'a'],
    ['a long text', 'a'.repeat(maxExpressionLength + 1)],
    ['a wide pad', "pad_left('a', `900000000`, 'b')"],
    ['a replacement that grows', "replace(replace(@, 'a', @), 'a', @)"],
  ])('of %s end in an error within a second', (_, source) => {
    const started = process.cpuUsage();
    expect(() => evaluate(source, {root: 'a'.repeat(2000), variables: {}}, 'lenient')).toThrow(
      ExpressionError,
    );
    expect(process.cpuUsage(started).user).toBeLessThan(1_000_000);
  });

  it('of JSON in a text are refused', () => {
    expect(() => strict('parse_json(@)', '['.repeat(100_000) + ']'.repeat(100_000))).toThrow(ExpressionError);
  });
});

describe('a text with expressions', () => {
  it('keeps the type of an expression that stands alone', () => {
    const scope = {root: {n: 3, list: ['a', 'b']}, variables: {}};
    expect(evaluateText('${{ n }}', scope, 'strict')).toBe(3);
    expect(evaluateText('${{ n }} of ${{ list }}', scope, 'strict')).toBe('3 of a, b');
  });

  it('ends an expression at its own braces, not at those within it', () => {
    const parts = partsOf("a ${{ {b: {c: '}}'}} }} d");
    expect(parts).toEqual([{text: 'a '}, {expression: "{b: {c: '}}'}}", offset: 6}, {text: ' d'}]);
  });

  it('leaves out a member of a request where its expression says so, at any depth', () => {
    const scope = {root: {a: 1, none: null}, variables: {}};
    const members = {x: '${{ a }}', y: '${{ optional(b) }}', deep: [{z: '${{ optional(none) }}'}]};
    expect(evaluateMembers(members, scope)).toEqual({x: 1, deep: [{}]});
  });

  it.each([
    ['a path that reaches nothing', {'Role.Name': '${{ b }}'}, /^Role\.Name: b reaches nothing/],
    ['a value that is nothing', {Name: '${{ none }}'}, /^Name: its expression gives nothing; optional/],
    ['a condition that gives nothing', {Name: '${{ !none && none }}'}, /^Name: its expression gives nothing/],
    ['a hole in a text', {Name: 'backup-${{ none }}'}, /^Name: nothing cannot stand within a text/],
    ['a hole in a text, said or not', {Name: 'backup-${{ optional(b) }}'}, /^Name: nothing cannot stand/],
    ['a list in a text', {Name: 'backup-${{ [a] }}'}, /^Name: a list cannot stand within a text/],
    ['a hole in a list', {Ids: ['${{ optional(b) }}']}, /^Ids: an item of this list is nothing/],
    ['a hole further down', {Tags: [{Value: '${{ none }}'}]}, /^Tags\.Value: its expression gives nothing/],
  ])('makes no request of %s', (_, members, words) => {
    const scope = {root: {a: 1, none: null}, variables: {}};
    expect(() => evaluateMembers(members, scope)).toThrow(words);
  });

  it('for people has a gap where nothing is reached', () => {
    const scope = {root: {a: null, list: ['x', 'y'], o: {b: 1}}, variables: {}};
    expect(evaluateMessage('${{ a }}', scope)).toBe('');
    expect(evaluateMessage('it is ${{ none }} ${{ list }} ${{ o }}', scope)).toBe('it is  x, y {"b":1}');
  });
});
