import {describe, expect, it} from 'vitest';
import {check, withSteps} from './marked-runbook.ts';

const step = (condition: string): string =>
  withSteps(
    `  - id: role\n    title: Role\n    when: ${condition}\n    call: iam:GetRole\n    with: {RoleName: x}\n`,
    'inputs:\n  a: {type: string, default: x}\n  list: {type: list, default: []}\n',
  );

/** What is said about an expression, each with its place; the marker stands where it should be said. */
async function said(condition: string): Promise<readonly (readonly [boolean, string])[]> {
  const {problems, marked} = await check(step(condition));
  return problems.map(({line, column, message}) => [`${line}:${column}` === marked, message]);
}

describe('an expression in the habits of other languages', () => {
  it.each([
    '${{ inputs.a == »"x" }}',
    '${{ inputs.a == »"it is x" }}',
    '${{ »"x" == inputs.a }}',
    `\${{ contains(inputs.a, »"x") }}`,
    `\${{ not_null(inputs.a, »"x") == 'y' }}`,
  ])('with a text in double quotes: %s', async (condition) => {
    const found = await said(condition);
    expect(found).toEqual([[true, expect.stringMatching(/a text has single quotes: '.*x'/)]]);
  });

  it.each([
    "${{ inputs.»a && `false` || inputs.a == 'x' }}",
    "${{ length(inputs.»a && `[]` || ['y']) == `0` }}",
    "${{ (inputs.»a && '' || 'y') == 'x' }}",
  ])('with a choice by && and || that is none: %s', async (condition) => {
    expect(await said(condition)).toEqual([[true, expect.stringContaining('write a ? b : c')]]);
  });

  it('may choose by && and || between what counts as true', async () => {
    expect(await said("${{ (inputs.a == 'x' && 'y' || 'z') == 'y' }}")).toEqual([]);
  });

  it('with a member’s name in double quotes is told of that name', async () => {
    expect(await said('${{ inputs.»"b" == `null` }}')).toEqual([
      [true, expect.stringContaining('there is no input b')],
    ]);
  });

  it.each([
    '${{ !»inputs.a }}',
    '${{ !»inputs.list[0] }}',
    '${{ !»inputs.list[] }}',
    '${{ !»inputs.list[?@] }}',
  ])('with ! before a path: %s', async (condition) => {
    expect(await said(condition)).toEqual([[true, expect.stringContaining('write !(a.b) for !a.b')]]);
  });

  it.each(["${{ !(inputs.a == 'x') }}", '${{ !contains(inputs.a, `"x"`) }}'])(
    'is right: %s',
    async (condition) => {
      expect(await said(condition)).toEqual([]);
    },
  );
});
