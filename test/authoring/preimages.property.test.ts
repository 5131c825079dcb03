import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {preimages} from '../../source/authoring/rehearsal/from-journal/preimages.ts';
import type {Json} from '../../source/data/json.ts';
import {evaluate} from '../../source/runbook/expression/evaluate.ts';
import {ExpressionError} from '../../source/runbook/expression/parse.ts';

const names = {variables: {item: {name: 'web', tags: ['a', 'b']}, region: 'eu-west-1'}, now: 0};

const forward = (source: string, root: Json): Json => evaluate(source, {...names, root}, 'strict');

const scalar = fc.oneof(
  fc.string({maxLength: 4}).filter((text) => text !== ''),
  fc.integer({min: -9, max: 9}),
  fc.constant(true),
);

/** An expression, and the values that it can give. */
interface Case {
  readonly source: string;
  readonly gives: fc.Arbitrary<Json>;
}

const listOf = (gives: fc.Arbitrary<Json>): fc.Arbitrary<Json> => fc.array(gives, {maxLength: 3});

/** Expressions that can be taken back, whatever they are to give. The names in one are all different. */
function invertible(depth: number, name = 'm'): fc.Arbitrary<Case> {
  const field = fc.constant<Case>({source: name, gives: scalar});
  if (depth === 0) return field;
  const one = invertible(depth - 1, `${name}x`);
  const other = invertible(depth - 1, `${name}y`);
  const on = (source: (inner: string) => string): fc.Arbitrary<Case> =>
    one.map((inner) => ({source: source(inner.source), gives: inner.gives}));
  const listed = (source: (inner: string) => string): fc.Arbitrary<Case> =>
    one.map((inner) => ({source: source(inner.source), gives: listOf(inner.gives)}));
  return fc.oneof(
    field,
    on((inner) => `${name} | ${inner}`),
    on((inner) => `${name}[0] | ${inner}`),
    on((inner) => `optional(${name} | ${inner})`),
    on((inner) => `not_null(optional(${name}.gone), ${name} | ${inner})`),
    listed((inner) => `${name}[].{it: ${inner}}[].it`),
    listed((inner) => `${name}[?kind == 'A' && $region == 'eu-west-1'] | [*].[${inner}][].{it: @} | [*].it`),
    fc.tuple(one, other).map(([left, right]) => ({
      source: `{one: ${left.source}, other: ${right.source}, item: $item.name}`,
      gives: fc.record({one: left.gives, other: right.gives, item: fc.constant('web')}),
    })),
    fc.tuple(one, other).map(([left, right]) => ({
      source: `[${left.source}, ${right.source}]`,
      gives: fc.tuple(left.gives, right.gives),
    })),
  );
}

const taken = invertible(3).chain(({source, gives}) =>
  fc.record({source: fc.constant(source), wanted: gives}),
);

const name = fc.constantFrom('a', 'b', 'c', '"d e"');
const literal = fc.constantFrom("'x'", '`1`', '`true`', '`[]`', '`null`', '$item.name', '$item.tags');

/** Any expression of the parts that can be taken back, most of which give only few values. */
const {any} = fc.letrec<{any: string}>((tie) => ({
  any: fc.oneof(
    {maxDepth: 4, withCrossShrink: true},
    name,
    literal,
    fc.constantFrom('@', '$', 'now()', 'a[0]', 'a[-1]', 'a[1:]', 'a[]', 'a.*', 'length(a)', "join('-', a)"),
    fc.tuple(tie('any'), tie('any')).map(([one, other]) => `${one} | ${other}`),
    fc.tuple(name, tie('any')).map(([one, other]) => `${one}[].[${other}][]`),
    fc
      .tuple(name, tie('any'), literal, name)
      .map(([list, one, is, kept]) => `${list}[?(${one}) == ${is}].${kept}`),
    fc.tuple(tie('any'), tie('any')).map(([one, other]) => `{a: ${one}, k: ${other}}`),
    fc.tuple(tie('any'), tie('any')).map(([one, other]) => `(${one}) || (${other})`),
    fc.tuple(tie('any'), tie('any')).map(([one, other]) => `(${one}) && (${other})`),
    fc
      .tuple(tie('any'), tie('any'), tie('any'))
      .map(([one, two, three]) => `(${one}) ? (${two}) : (${three})`),
    fc
      .tuple(
        fc.constantFrom('optional', 'to_string', 'to_array', 'sort', 'reverse', 'merge', '!'),
        tie('any'),
      )
      .map(([called, one]) => `${called}(${one})`),
    fc.tuple(tie('any'), tie('any')).map(([one, other]) => `not_null(${one}, ${other})`),
    fc.tuple(tie('any'), tie('any')).map(([one, other]) => `merge(${one}, ${other})`),
  ),
}));

const json = fc.jsonValue({maxDepth: 3}).map((value) => value as Json);

describe('a value that is made for an expression', () => {
  it('is found, and gives what is wanted, where the expression keeps all that it reads', () => {
    fc.assert(
      fc.property(taken, ({source, wanted}) => {
        const {value, done} = preimages(source, wanted, names).next();
        expect(done).toBe(false);
        expect(forward(source, value ?? null)).toEqual(wanted);
      }),
    );
  });

  it('gives what is wanted, or there is none: for any expression and any value', () => {
    fc.assert(
      fc.property(any, json, fc.option(json, {nil: undefined}), (source, root, seed) => {
        for (const wanted of [root, possible(source, root)]) {
          const {value, done} = preimages(source, wanted, names, seed).next();
          if (done !== true) expect(forward(source, value)).toEqual(wanted);
        }
      }),
    );
  });
});

/** What an expression gives, or nothing where it is an error. */
function possible(source: string, root: Json): Json {
  try {
    return forward(source, root);
  } catch (error) {
    if (error instanceof ExpressionError) return null;
    throw error;
  }
}

describe('answers of the shipped runbooks', () => {
  it.each<[string, Json]>([
    ['imageVersionList[].{arn: arn}', [{arn: 'a'}, {arn: 'b'}]],
    [
      `imageSummaryList[?(optional(split(arn, ':')[4]) || $item.name) == 'web' && !contains(['AVAILABLE'], state.status)].{arn: arn, status: state.status}`,
      [{arn: 'a', status: 'BUILDING'}],
    ],
    [
      `imagePipelineList[].{arn: arn, schedule: optional(schedule.scheduleExpression) && schedule || \`null\`, stack: not_null(optional(tags."aws:stack"), '')}`,
      [
        {arn: 'a', schedule: {scheduleExpression: 'rate(1 day)'}, stack: ''},
        {arn: 'b', schedule: null, stack: 'one'},
      ],
    ],
    ["LoadBalancerDescriptions[].join(' in ', [LoadBalancerName, $region])", ['a in eu-west-1']],
    [
      `Volumes[].{VolumeType: VolumeType, Iops: contains(['gp3'], VolumeType) && optional(Iops) || \`null\`, name: optional((optional(Tags) || \`[]\`)[?Key == 'Name'] | [0].Value) || 'no name'}`,
      [
        {VolumeType: 'gp3', Iops: 3000, name: 'disk'},
        {VolumeType: 'gp2', Iops: null, name: 'no name'},
      ],
    ],
    ['Reservations[].Instances[].{id: InstanceId}', [{id: 'i-1'}, {id: 'i-2'}]],
    [`{path: Role.Path, principal: optional(split(Role.Path, '/')[2])}`, {path: '/a/b/', principal: 'b'}],
    ['merge($item, {id: $region})', {name: 'web', tags: ['a', 'b'], id: 'eu-west-1'}],
    ['merge($item, {id: SnapshotId})', {name: 'web', tags: ['a', 'b'], id: 's'}],
    ['parse_json(from_url(PolicyDocument)).Statement[0].Effect', 'Deny'],
    ["Status == 'DONE'", true],
    ['services[].{name: serviceName, last: events[-1].message}', [{name: 'a', last: 'steady'}]],
  ])('are made: %s', (source, wanted) => {
    const {value} = preimages(source, wanted, names).next();
    expect(value).toBeDefined();
    expect(forward(source, value ?? null)).toEqual(wanted);
  });

  it.each<[string, Json]>([
    ['length(Users)', 3],
    ['Users[?Enabled].Name', ['a']],
    ['imageVersionList[3].arn', 'a'],
    ['sum(Volumes[].Size)', 7],
  ])('are not guessed where the journal has too little: %s', (source, wanted) => {
    expect(preimages(source, wanted, names).next().done).toBe(true);
  });

  it('start from an earlier answer where that gives what is wanted, or a part of it', () => {
    const earlier = {
      Users: [
        {Name: 'a', Enabled: true},
        {Name: 'b', Enabled: true},
        {Name: 'c', Enabled: false},
      ],
    };
    expect(preimages('Users[?Enabled].Name', ['b'], names, earlier).next().value).toEqual({
      Users: [{Name: 'b', Enabled: true}],
    });
  });
});
