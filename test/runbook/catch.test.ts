import {describe, expect, it} from 'vitest';
import {lookUp} from '../../source/aws/catalogue/operation-models.ts';
import {checkRunbook} from '../../source/runbook/check/check.ts';
import {parseRunbook} from '../../source/runbook/load/load.ts';
import {check, withSteps} from './marked-runbook.ts';

async function warned(catches: string, more = ''): Promise<readonly string[]> {
  const step = `  - id: role
    title: Role
    call: iam:GetRole
    with: {RoleName: x}
    catch: [{errorEquals: [${catches}], next: end}]
${more}`;
  const {warnings, problems} = await checkRunbook(parseRunbook('test.yaml', withSteps(step)), lookUp);
  expect(problems).toEqual([]);
  return warnings.map(
    ({line, column, message, suggestion}) => `${line}:${column} ${message}, ${suggestion}?`,
  );
}

describe('the name of an error', () => {
  it('that is nearly one of the operation’s is warned of', async () => {
    expect(await warned('AccessDenied, NoSuchEntitie')).toEqual([
      '9:42 iam:GetRole has no error NoSuchEntitie in its model, NoSuchEntityException?',
    ]);
  });

  it('that is nearly one of Handrail’s own is warned of, in a retry too', async () => {
    const retry = '    retry: [{errorEquals: [Throtling], maxAttempts: 2, intervalSeconds: 1}]\n';
    expect(await warned('StepTimeOut', retry)).toEqual([
      '9:28 there is no error StepTimeOut in its model, StepTimedOut?',
      '10:28 there is no error Throtling in its model, Throttling?',
    ]);
  });

  it.each(['NoSuchEntity', 'NoSuchEntityException', 'All', 'AccessDenied', 'SomethingElse.Entirely'])(
    'may be %s',
    async (name) => {
      expect(await warned(name)).toEqual([]);
    },
  );
});

/** A look whose catch goes on, and an assertion on what it found. */
function lookWith(output: string): string {
  return `  - id: look
    title: Look
    scope: region
    call: iam:ListRoles
    output: \${{ Roles[].Arn }}
    catch: [{errorEquals: [AccessDenied], next: continue${output}}]
  - id: none
    title: None
    assert: {that: '\${{ length(steps.look.byRegion[].output[]) == \`0\` }}', message: in use}
`;
}

describe('the output of a step whose catch goes on', () => {
  it.each(['', ", output: '${{ `null` }}'"])('may be nothing%s', async (output) => {
    const {problems} = await check(withSteps(lookWith(output)));
    expect(problems.map(({message}) => message).join()).toMatch(
      /^look has no output where its catch went on/,
    );
  });

  it('is there where the catch gives one', async () => {
    expect((await check(withSteps(lookWith(", output: '${{ `[]` }}'")))).problems).toEqual([]);
  });
});

describe('a label', () => {
  it('belongs to a forEach', async () => {
    const step = '  - {id: a, title: A, »label: x, call: iam:GetAccountSummary}\n';
    const {problems, marked} = await check(withSteps(step));
    expect(problems.map(({line, column, message}) => `${line}:${column} ${message}`)).toEqual([
      `${marked} \`label\` names the items of \`forEach\`, and there is none`,
    ]);
  });
});

describe('a catch', () => {
  const region = `  - id: a
    title: A
    scope: region
    call: iam:GetRole
    with: {RoleName: x}
`;

  it.each([
    ['{errorEquals: [NoSuchEntity], next: »end}', /^one Region cannot end the run for all/],
    [
      "{errorEquals: [NoSuchEntity], next: a, maxVisits: 1, »output: '${{ `[]` }}'}",
      /belongs to `next: continue`/,
    ],
  ])('in a Region is not %s', async (catcher, words) => {
    const {problems, marked} = await check(withSteps(`${region}    catch: [${catcher}]\n`));
    expect(problems.map(({line, column}) => `${line}:${column}`)).toEqual([marked]);
    expect(problems[0]?.message).toMatch(words);
  });
});
