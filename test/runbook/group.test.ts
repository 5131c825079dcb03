import {describe, expect, it} from 'vitest';
import {includedFrom, parseRunbook} from '../../source/runbook/load/load.ts';
import {check, problemsIn, withSteps} from './marked-runbook.ts';

const shared =
  'handrail: 1\nsteps:\n  - {id: alias, title: A, call: iam:ListAccountAliases, output: "${{ AccountAliases }}"}\n';
const files = includedFrom([{name: 'shared/steps.yaml', text: shared}]);

const who = '{id: who, title: Who, call: sts:GetCallerIdentity}';

function change(id: string): string {
  return `{id: ${id}, title: D, call: iam:DeleteServiceLinkedRole, with: {RoleName: x}, undo: {impossible: no}}`;
}

function group(steps: string, head = ''): string {
  return `  - group: Find\n${head === '' ? '' : `    ${head}\n`}    steps:\n${steps}`;
}

describe('a group', () => {
  it('puts its steps, included ones too, in its place, and each of them knows it', () => {
    const {runbook} = parseRunbook(
      'test.yaml',
      withSteps(
        `  - ${who}\n${group(`      - include: shared/steps.yaml\n      - {id: role, title: R, call: iam:GetRole, with: {RoleName: x}}\n`, "when: '${{ account.id == `1` }}'")}`,
      ),
      files,
    );
    const of = {title: 'Find', when: '${{ account.id == `1` }}'};
    expect(runbook.steps.map(({id, group: its}) => [id, its])).toEqual([
      ['who', undefined],
      ['alias', of],
      ['role', of],
    ]);
  });

  it('leaves the ids of its steps as they are, for expressions before and after its end', async () => {
    const text = withSteps(
      `${group(`      - ${who}\n      - {id: inside, title: I, call: iam:GetRole, with: {RoleName: '\${{ steps.who.output.Account }}'}}\n`)}  - {id: after, title: A, call: iam:GetRole, with: {RoleName: '\${{ steps.inside.output.Role.RoleName }}'}}\n`,
    );
    expect(await problemsIn(text)).toEqual([]);
  });

  it.each([
    [
      'a title below it',
      withSteps(`  - group: »{title: Find}\n    steps: [${who}]\n`),
      /write `group: Its name`/,
    ],
    ['no steps', withSteps(`  - »group: Find\n`), /steps is missing/],
    ['an empty list of steps', withSteps(`  - group: Find\n    steps: »[]\n`), /must not be empty/],
    ['a member that it does not have', withSteps(group(`      - ${who}\n`, '»scope: region')), /scope/],
    [
      'a group in it',
      withSteps(group(`      - »group: Other\n        steps: [${who}]\n`)),
      /a group holds steps, and no other group: it stands in “Find”/,
    ],
    [
      'the name of another',
      withSteps(
        `${group(`      - ${who}\n`)}  - group: »Find\n    steps: [{id: b, title: B, call: sts:GetCallerIdentity}]\n`,
      ),
      /there is a group “Find” already/,
    ],
    [
      'a condition that is no expression',
      withSteps(group(`      - ${who}\n`, 'when: »true')),
      /text|expression/,
    ],
    [
      'a condition that cannot be read',
      withSteps(
        group(`      - ${who}\n      - include: shared/steps.yaml\n`, "when: '${{ account.»== `1` }}'"),
      ),
      /./,
    ],
    [
      'a condition that is neither true nor false',
      withSteps(group(`      - ${who}\n      - include: shared/steps.yaml\n`, "when: '${{ »account.id }}'")),
      /true or false/,
    ],
    [
      'a condition on one of its own steps',
      withSteps(
        group(
          `      - ${who}\n      - include: shared/steps.yaml\n`,
          "when: '${{ steps.»who.output.Account == `1` }}'",
        ),
      ),
      /who is this very step/,
    ],
  ])('with %s is refused at its place, once', async (_, text, words) => {
    const {problems, marked} = await check(text, files);
    expect(problems.map(({line, column}) => `${line}:${column}`)).toContain(marked);
    expect(problems.map(({message}) => message).join('\n')).toMatch(words);
    const places = problems.map(({line, column, message}) => `${line}:${column} ${message}`);
    expect(new Set(places).size).toBe(places.length);
  });

  it('in an included file is refused, with the way to write it', async () => {
    const grouped =
      'handrail: 1\nsteps:\n  - group: Find\n    steps: [{id: a, title: A, call: sts:GetCallerIdentity}]\n';
    const [problem, ...more] = await problemsIn(
      withSteps('  - include: shared/steps.yaml\n'),
      includedFrom([{name: 'shared/steps.yaml', text: grouped}]),
    );
    expect(more).toEqual([]);
    expect(problem).toMatchObject({file: 'shared/steps.yaml', line: 3});
    expect(problem?.message).toMatch(/has no groups: put its `include` into a group/);
  });
});

describe('the output of a step in a group with a condition', () => {
  const when = "when: '${{ inputs.all }}'";
  const head = 'inputs: {all: {type: boolean, default: true, description: All.}}\n';

  it('may be nothing outside of the group, and `check` says why', async () => {
    const {problems, marked} = await check(
      withSteps(
        `${group(`      - ${who}\n`, when)}  - {id: b, title: B, call: iam:GetRole, with: {RoleName: '\${{ steps.who.»output.Account }}'}}\n`,
        head,
      ),
    );
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toMatch(/the `when` of its group “Find” left it out/);
    expect(`${problems[0]?.line}:${problems[0]?.column}`).toBe(marked);
  });

  it('is there in the group, and for a step outside under the same condition', async () => {
    const use = "call: iam:GetRole, with: {RoleName: '${{ steps.who.output.Account }}'}";
    const text = withSteps(
      `${group(`      - ${who}\n      - {id: b, title: B, ${use}}\n      - {id: c, title: C, when: '\${{ steps.who.output.Account == steps.b.output.Role.Path }}', ${use}}\n`, when)}  - {id: d, title: D, when: '\${{ inputs.all }}', ${use}}\n`,
      head,
    );
    expect(await problemsIn(text)).toEqual([]);
  });

  it('a confirmation in the group counts for its changes, and not for those outside', async () => {
    const text = withSteps(
      `${group(`      - {id: ok, title: O, confirm: {message: Go on?}}\n      - ${change('inside')}\n`, when)}  - ${change('outside')}\n`,
      head,
    );
    const problems = await problemsIn(text);
    expect(problems.map(({message}) => message)).toEqual([
      expect.stringMatching(/no confirmation precedes it: put a confirm step before outside/),
    ]);
  });
});
