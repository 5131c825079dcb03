import {describe, expect, it} from 'vitest';
import type {Json} from '../../source/data/json.ts';
import {evaluate} from '../../source/runbook/expression/evaluate.ts';
import {check, problemsIn, withSteps} from './marked-runbook.ts';

const head =
  'inputs: {name: {type: string, default: x, description: N.}, count: {type: number, default: 1, description: C.}}\n';

/** A runbook in which an expression is worked out on the role that IAM answered with. */
function output(expression: string): string {
  return withSteps(
    `  - {id: role, title: Role, call: iam:GetRole, with: {RoleName: x}}\n  - id: b\n    title: B\n    call: iam:GetRole\n    with: {RoleName: x}\n    output: \${{ ${expression} }}\n`,
    head,
  );
}

describe('a time in an expression', () => {
  it.each([
    "older_than(Role.CreateDate, '14d')",
    "older_than(Role.CreateDate, 'P14D')",
    "newer_than($steps.role.output.Role.CreateDate, '1d12h')",
    "later(Role.CreateDate, '36h') < now()",
    "time('2026-01-01') <= Role.CreateDate",
    'Role.CreateDate == $steps.role.output.Role.CreateDate',
    "older_than(time($inputs.name), '14d')",
    "older_than(Role.CreateDate, join('', [to_string($inputs.count), 'd']))",
    "not_null(Role.RoleLastUsed.LastUsedDate, 'never') == 'never'",
    "starts_with(Role.CreateDate, '2026')",
    'max([Role.CreateDate, now()]) > Role.CreateDate',
    "[Role][?older_than(CreateDate, '1d')].RoleName",
    "join(' ', ['made', Role.CreateDate])",
  ])('may be used as in %s', async (expression) => {
    expect(await problemsIn(output(expression))).toEqual([]);
  });

  it.each([
    [
      "Role.»CreateDate > '2026-01-01'",
      /a time and a text have no order: time\(…\) makes a time of the text/,
    ],
    ["Role.»CreateDate == '2026-01-01T00:00:00Z'", /a time and a text are never alike: time\(…\)/],
    ["»'2026-01-01' < now()", /a time and a text have no order/],
    ['Role.»CreateDate > `14`', /two numbers, texts or times can be ordered, not a time and a number/],
    ['Role.»CreateDate == `14`', /a time is never equal to a number/],
    [
      '»now() - `86400`',
      /arithmetic needs numbers; later\(…\) and earlier\(…\) shift a time, and this is a time/,
    ],
    [
      "»older_than($inputs.name, '14d')",
      /older_than\(\) takes a time, not a text: time\(…\) makes a time of a text/,
    ],
    ["»older_than($inputs.count, '14d')", /older_than\(\) takes a time, not a number/],
    ['»older_than(Role.CreateDate, `14`)', /takes a duration such as 14d, not a number/],
    ["»older_than(Role.CreateDate, '14 days')", /"14 days" is no duration: write 90s/],
    ["»older_than(Role.CreateDate, '14')", /"14" lacks a unit/],
    ["»later(Role.CreateDate, 'P1M')", /months and years differ in length; write days/],
    ["»time('yesterday')", /"yesterday" is no time/],
    ["»time('2026-01-01T09:00:00')", /lacks its offset/],
    ['»older_than(Role.CreateDate)', /older_than\(\) takes 2 arguments, not 1/],
    ["»older_then(Role.CreateDate, '1d')", /there is no function older_then\(\)/],
  ])('is refused in %s', async (expression, words) => {
    const {problems, marked} = await check(output(expression));
    const [problem, ...more] = problems;
    expect(more).toEqual([]);
    expect(problem?.message).toMatch(words);
    expect(`${problem?.line}:${problem?.column}`).toBe(marked);
  });
});

/** Works an expression out in 1970. */
function at(source: string): () => Json {
  return () => evaluate(source, {root: null, variables: {}, now: 0}, 'strict');
}

/** A runbook with a look, a confirmation and a change. */
function change(members: string, more = ''): string {
  return withSteps(
    `  - {id: role, title: Role, call: iam:GetRole, with: {RoleName: x}, output: '\${{ [{at: now(), made: Role.CreateDate}] }}'}\n  - {id: ok, title: O, confirm: {message: '\${{ now() }}?'}}\n  - {id: b, title: B, ${more}call: iam:UpdateRole, with: {RoleName: x, Description: ${members}}, undo: {impossible: no}}\n`,
    head,
  );
}

describe('the time at which an expression is worked out', () => {
  it.each([
    ['a value of an earlier step', change("'${{ steps.role.output[0].at }}'")],
    ['a condition', change('x', 'when: \'${{ newer_than(steps.role.output[0].made, `"1d"`) }}\', ')],
    [
      'the condition of a filter',
      change('x', 'forEach: \'${{ steps.role.output[?older_than(made, `"1d"`)] }}\', label: x, '),
    ],
  ])('may decide about a change by %s', async (_, text) => {
    expect(await problemsIn(text)).toEqual([]);
  });

  it.each([
    ['its request', change("'${{ »now() }}'"), /now\(\) would be another time when the change is sent/],
    [
      'the list of its items',
      change('x', "forEach: '${{ [{name: »now()}] }}', "),
      /now\(\) would be another time when the change is sent/,
    ],
    [
      'the name of an item',
      change('x', "forEach: '${{ steps.role.output }}', label: '${{ »now() }}', "),
      /now\(\) would be another time/,
    ],
    [
      'an undo',
      withSteps(
        `  - {id: ok, title: O, confirm: {message: Go?}}\n  - {id: b, title: B, call: iam:UpdateRole, with: {RoleName: x}, undo: {call: iam:UpdateRole, with: {RoleName: x, Description: '\${{ »now() }}'}}}\n`,
      ),
      /now\(\) cannot be asked in an undo/,
    ],
    [
      'the list of Regions',
      withSteps(
        `  - {id: b, title: B, call: iam:GetRole, with: {RoleName: x}}\n`,
        "regions: '${{ »now() == now() && `[]` || `[]` }}'\n",
      ),
      /now\(\) cannot be asked before the run begins/,
    ],
  ])('is no part of a change by %s', async (_, text, words) => {
    const {problems, marked} = await check(text);
    expect(problems.map(({message}) => message).join('\n')).toMatch(words);
    expect(problems.map(({line, column}) => `${line}:${column}`)).toContain(marked);
  });

  it('is not known where there is none', () => {
    expect(() => evaluate('now()', {root: null, variables: {}}, 'strict')).toThrow(/cannot be asked here/);
  });

  it('of no text that is no time, or of a time that cannot be written', () => {
    expect(at("time('soon')")).toThrow(/time\(\): "soon" is no time/);
    expect(at("later(now(), '10 d')")).toThrow(/later\(\): "10 d" is no duration/);
    expect(at("later(now(), '999999999w')")).toThrow(/before the year 0 or after the year 9999/);
    expect(at("earlier(now(), '999999999w')")).toThrow(/before the year 0 or after the year 9999/);
  });
});
