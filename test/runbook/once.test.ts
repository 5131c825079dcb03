import {describe, expect, it} from 'vitest';
import {check, problemsIn, withSteps} from './marked-runbook.ts';

describe('a step that is done once in a run', () => {
  it('is a look', async () => {
    expect(
      await problemsIn(withSteps(`  - {id: who, title: Who, once: true, call: sts:GetCallerIdentity}\n`)),
    ).toEqual([]);
  });

  it.each([
    ['changes something', '', 'call: iam:DeleteRole, with: {RoleName: a}', /only a look/],
    ['decides', '', "assert: {that: '${{ `true` }}', message: x}", /only a look/],
    ['shows in a column', 'scope: region, column: Who, ', 'call: sts:GetCallerIdentity', /latest look/],
  ])('is no step that %s', async (_what, more, action, words) => {
    const agreed = '  - {id: agree, title: Agree, confirm: {message: Sure?}}';
    const {problems, marked} = await check(
      withSteps(`${agreed}\n  - {id: who, title: Who, ${more}»once: true, ${action}}\n`),
    );
    expect(problems.map(({line, column}) => `${line}:${column}`)).toEqual([marked]);
    expect(problems[0]?.message).toMatch(words);
  });
});
