import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {stringify} from 'yaml';
import {execute} from '../../source/runs/start-run.ts';
import {parseRunbook} from '../../source/runbook/load/load.ts';
import {InvalidRunbook} from '../../source/runbook/load/problem.ts';
import {simulatedAccount, yesToAll} from '../support/simulated-account.ts';
import {problemsIn, withSteps} from './marked-runbook.ts';

const good = `  - {id: who, title: Who, call: sts:GetCallerIdentity}\n`;

const hostile: readonly (readonly [string, string])[] = [
  [
    'an alias bomb',
    `a: &a [x]\n${Array.from({length: 30}, (_, i) => `a${i}: &a${i} [*a${i === 0 ? '' : i - 1}, *a${i === 0 ? '' : i - 1}]`).join('\n')}\n`,
  ],
  ['an alias', withSteps(`  - &a {id: who, title: Who, call: sts:GetCallerIdentity}\n  - *a\n`)],
  ['deep nesting in brackets', `a: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`],
  ['40,000 keys', `{${Array.from({length: 40_000}, (_, i) => `a${i}: 1`).join(',')}}`],
  ['4,000 unknown keys', Array.from({length: 4000}, (_, i) => `a${i}: 1`).join('\n')],
  ['4,000 aliases', Array.from({length: 4000}, (_, i) => `a${i}: *a`).join('\n')],
  ['deep nesting in dashes', `a:\n  ${'- '.repeat(20_000)}x\n`],
  ['deep nesting by indentation', Array.from({length: 400}, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ['a scalar of 1 MB', withSteps(`${good}  - {id: b, title: ${'x'.repeat(1_000_000)}}\n`)],
  [
    'an expression tower',
    withSteps(
      `  - id: a\n    title: A\n    call: sts:GetCallerIdentity\n    output: \${{ ${'['.repeat(100)}@${']'.repeat(100)} }}\n`,
    ),
  ],
  ['a directive', `%YAML 1.1\n---\n${withSteps(good)}`],
  ['an unknown directive', `%FOO bar\n---\n${withSteps(good)}`],
  ['an unknown tag', withSteps(good).replace('title: Test', 'title: !python/object:os.system x')],
  ['a known tag', withSteps(good).replace('title: Test', 'title: !!binary eA==')],
  ['two documents', `${withSteps(good)}---\n${withSteps(good)}`],
  ['a merge key', withSteps(good).replace('title: Test', 'title: Test\n<<: {title: x}')],
  ['__proto__ as a key', withSteps(good, '__proto__: {polluted: true}\n')],
  ['constructor as a key', withSteps(good, 'constructor: {prototype: {polluted: true}}\n')],
  ['__proto__ as an input', withSteps(good, 'inputs: {__proto__: {type: string}}\n')],
  [
    '__proto__ as a member',
    withSteps(`  - {id: a, title: A, call: iam:GetRole, with: {RoleName: x, __proto__: {a: 1}}}\n`),
  ],
  ['nothing', ''],
  ['a list', '- a\n'],
  ['a NUL', withSteps(good).replace('Who', 'W\0ho')],
];

/** Of this process's own time, in microseconds: what else the machine does meanwhile is not counted. */
const second = 1_000_000;

describe('a hostile file', () => {
  it.each(hostile)('ends in a clear error within a second: %s', async (_, text) => {
    const started = process.cpuUsage();
    const problems = await problemsIn(text);
    expect(process.cpuUsage(started).user).toBeLessThan(second);
    expect(problems.length).toBeGreaterThan(0);
    for (const {message, line, column} of problems) {
      expect(message).not.toMatch(/undefined|\[object/);
      expect(message.length).toBeLessThan(600);
      expect(line).toBeGreaterThanOrEqual(1);
      expect(column).toBeGreaterThanOrEqual(1);
    }
    expect(({} as {polluted?: unknown}).polluted).toBeUndefined();
  });
});

/** Pieces of runbooks, right and wrong, in any combination. */
const operation = fc.constantFrom(
  'iam:GetRole',
  'iam:DeleteServiceLinkedRole',
  'imagebuilder:ListImages',
  'imagebuilder:CancelImageCreation',
  'sts:GetCallerIdentity',
  'ecs:ListClusters',
  'iam:Nothing',
  'x',
);
const expression = fc.oneof(
  fc.constantFrom(
    '${{ steps.a.output }}',
    '${{ steps.b.byRegion[].output }}',
    '${{ inputs.name }}',
    '${{ item.arn }}',
    '${{ `true` }}',
    '${{ length(@) == `0` }}',
    '${{ imageVersionList[?a].{arn: arn} }}',
    '${{ sort_by(@, &x) }}',
    '${{ let $a = @ in $a.b }}',
    '${{',
    '${{ }}',
  ),
  fc.string({maxLength: 30}).map((text) => `\${{ ${text} }}`),
);
const members = fc.dictionary(
  fc.constantFrom('RoleName', 'imageBuildVersionArn', '__proto__', 'constructor', 'Nope'),
  fc.oneof(expression, fc.string({maxLength: 10}), fc.integer(), fc.constant(null)),
  {maxKeys: 3},
);
const step = fc.record(
  {
    id: fc.constantFrom('a', 'b', 'c', 'continue', 'A b'),
    title: fc.string({minLength: 1, maxLength: 10}),
    scope: fc.constantFrom('account', 'region', 'nowhere'),
    when: expression,
    forEach: expression,
    call: operation,
    with: members,
    output: expression,
    summary: fc.string({maxLength: 20}),
    confirm: fc.record({message: fc.oneof(expression, fc.string({minLength: 1, maxLength: 10}))}),
    assert: fc.record({that: expression, message: expression}),
    waitUntil: fc.record({
      call: operation,
      acceptors: fc.array(
        fc.record({state: fc.constantFrom('success', 'x'), matcher: fc.constant({success: true})}),
        {
          maxLength: 2,
        },
      ),
      minDelay: fc.oneof(fc.integer(), expression),
      maxDelay: fc.oneof(fc.integer(), expression),
      maxWaitTime: fc.oneof(fc.integer(), expression),
    }),
    update: fc.record({read: operation, with: members, resource: expression, write: operation}),
    catch: fc.array(
      fc.record({errorEquals: fc.constant(['All']), next: fc.constantFrom('a', 'b', 'end', 'z')}),
      {
        maxLength: 1,
      },
    ),
    undo: fc.record({call: operation, with: members}),
    timeoutSeconds: fc.oneof(fc.integer(), expression),
  },
  {requiredKeys: ['id', 'title']},
);
const runbook = fc.record({
  handrail: fc.constantFrom(1, 1, 1, 2),
  name: fc.constantFrom('test', 'Test test'),
  title: fc.constant('Test'),
  inputs: fc.constantFrom({}, {name: {type: 'string', default: 'x'}}, {name: {type: 'secret'}}, {name: {}}),
  steps: fc.array(step, {maxLength: 4}),
});

/** Runbooks that are well-formed, so that only their meaning is wrong, if anything. */
const wellFormed = fc
  .record({
    member: fc.constantFrom('RoleName', 'RoleName', 'RolName'),
    path: fc.constantFrom('Role.Arn', 'Rol.Arn', 'Role.Arm', 'Role[].Arn', 'length(Role.Arn)'),
    reference: fc.constantFrom(
      'steps.role.output',
      'steps.roll.output',
      'steps.next.output',
      'inputs.x',
      'item',
    ),
    change: fc.boolean(),
    asked: fc.boolean(),
  })
  .map(({member, path, reference, change, asked}) => ({
    handrail: 1,
    name: 'test',
    title: 'Test',
    steps: [
      {id: 'role', title: 'R', call: 'iam:GetRole', with: {[member]: 'x'}, output: `\${{ ${path} }}`},
      ...(asked ? [{id: 'agree', title: 'A', confirm: {message: 'Sure?'}}] : []),
      {
        id: 'next',
        title: 'N',
        call: change ? 'iam:DeleteServiceLinkedRole' : 'iam:GetRole',
        with: {RoleName: `\${{ ${reference} }}`},
      },
    ],
  }));

describe('generated runbooks', () => {
  it('are checked without throwing or hanging', async () => {
    await fc.assert(
      fc.asyncProperty(runbook, async (value) => {
        const started = process.cpuUsage();
        const problems = await problemsIn(stringify(value));
        for (const {line, column} of problems) expect(Math.min(line, column)).toBeGreaterThanOrEqual(1);
        expect(process.cpuUsage(started).user).toBeLessThan(second);
      }),
      {numRuns: 400},
    );
  });

  it('are checked whatever their bytes are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({unit: 'binary', maxLength: 300}), async (text) => {
        expect((await problemsIn(text)).length).toBeGreaterThan(0);
      }),
      {numRuns: 300},
    );
  });

  it('never run when they are rejected: nothing at all is called', async () => {
    const account = await simulatedAccount('clean');
    try {
      await fc.assert(
        fc.asyncProperty(fc.oneof(runbook, wellFormed), async (value) => {
          const text = stringify(value);
          const rejected = (await problemsIn(text)).length > 0;
          const before = account.simulator.requests.length;
          try {
            const order = {
              loaded: parseRunbook('test.yaml', text),
              inputs: {},
              mode: 'plan' as const,
              simulation: true,
              regions: ['eu-west-1'],
              connection: account.connection,
              answers: yesToAll,
            };
            await account.command((surroundings) => execute(order, surroundings));
            expect(rejected).toBe(false);
          } catch (error) {
            expect(error).toBeInstanceOf(InvalidRunbook);
            expect(rejected).toBe(true);
            expect(account.simulator.requests).toHaveLength(before);
          }
        }),
        {numRuns: 100},
      );
    } finally {
      await account.close();
    }
  });
});
