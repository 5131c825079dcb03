import {readdirSync, readFileSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {describe, expect, it} from 'vitest';
import {lookUp} from '../../source/aws/catalogue/operation-models.ts';
import {checkRunbook} from '../../source/runbook/check/check.ts';
import {includedFrom} from '../../source/runbook/load/load.ts';
import {InvalidRunbook, type Problem} from '../../source/runbook/load/problem.ts';
import {parseAny} from '../../source/runbook/load/shared-steps/load-alone.ts';

const runbooks = resolve(import.meta.dirname, '../../runbooks');

interface Found {
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

async function check(text: string): Promise<Found> {
  try {
    return await checkRunbook(parseAny('shared.yaml', text, includedFrom([])), lookUp);
  } catch (error) {
    if (error instanceof InvalidRunbook) return {problems: error.problems, warnings: []};
    throw error;
  }
}

/** Its steps, beside one with an output, and the place of `»` among them. */
async function checkSteps(
  marked: string,
  head = '',
): Promise<{messages: readonly string[]; places: readonly string[]; marked: string}> {
  const first =
    '  - {id: role, title: Role, call: iam:GetRole, with: {RoleName: x}, output: "${{ Role }}"}\n';
  const text = `handrail: 1\n${head}steps:\n${first}${marked}`;
  const before = text.slice(0, text.indexOf('»')).split('\n');
  const {problems, warnings} = await check(text.replace('»', ''));
  return {
    messages: [...problems, ...warnings].map(({message, suggestion}) =>
      `${message} ${suggestion ?? ''}`.trim(),
    ),
    places: problems.map(({line, column}) => `${line}:${column}`),
    marked: `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`,
  };
}

describe('a file of shared steps, checked by itself', () => {
  const shipped = ['shared', 'library/shared'].flatMap((folder) =>
    readdirSync(join(runbooks, folder))
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => join(folder, name)),
  );

  it.each(shipped)('has nothing wrong where its runbooks have nothing wrong: %s', async (name) => {
    const text = readFileSync(join(runbooks, name), 'utf8');
    expect(await check(text)).toMatchObject({problems: [], warnings: []});
  });

  it('takes inputs, steps, jumps and parameters from the runbooks that include it', async () => {
    const steps = `  - id: gone
    title: Gone
    scope: region
    forEach: \${{ steps.found.output[?name != inputs.keep] }}
    call: imagebuilder:GetImage
    with: {imageBuildVersionArn: '\${{ item.arn }}'}
    output: '\${{ [image.name, $parameters.word, image.{n: name, p: parameters.word}] }}'
    catch: [{errorEquals: [All], next: found, maxVisits: 2}]
  - id: delete
    title: Delete
    call: iam:DeleteServiceLinkedRole
    with: {RoleName: '\${{ steps.found.byRegion[0].output.name }}'}
    outcome: {step: verified, reached: it is gone, missed: it is there}
`;
    const {messages} = await checkSteps(steps, 'parameters: {word: {default: x}}\n');
    expect(messages).toEqual([]);
  });

  it('may begin alongside the last step of the runbook', async () => {
    const text = 'handrail: 1\nsteps: [{id: a, title: A, alongside: true, call: iam:ListRoles}]\n';
    expect(await check(text)).toMatchObject({problems: [], warnings: []});
  });

  it.each<[string, string, RegExp, string?]>([
    [
      'a member that its request cannot have',
      '  - {id: a, title: A, call: iam:GetRole, with: {»RolName: x}}\n',
      /iam:GetRole has no member RolName RoleName/,
    ],
    [
      'a path into its own output',
      '  - {id: a, title: A, call: iam:GetRole, with: {RoleName: "${{ steps.role.output.»Nam }}"}}\n',
      /Nam cannot be there/,
    ],
    [
      'a step that comes later',
      '  - {id: a, title: A, call: iam:GetRole, with: {RoleName: "${{ steps.»b.output }}"}}\n  - {id: b, title: B, call: iam:ListRoles}\n',
      /step b runs later/,
    ],
    [
      'a jump to a step that comes later',
      '  - {id: a, title: A, call: iam:ListRoles, catch: [{errorEquals: [All], next: »b}]}\n  - {id: b, title: B, call: iam:ListRoles}\n',
      /a jump leads back/,
    ],
    [
      'a jump without an end',
      '  - {id: a, title: A, call: iam:ListRoles, catch: [{errorEquals: [All], next: »found}]}\n',
      /needs maxVisits/,
    ],
    ['an operation that there is not', '  - {id: a, title: A, call: »iam:GetRol}\n', /iam:GetRol/],
    [
      'a word that the language has not',
      '  - {id: a, title: A, call: iam:ListRoles, »wenn: x}\n',
      /wenn is not known/,
    ],
    [
      'parameters without any',
      '  - {id: a, title: A, call: iam:GetRole, with: {RoleName: "${{ »parameters.role }}"}}\n',
      /parameters is not known here/,
    ],
    [
      'an include',
      '  - {»include: shared/other.yaml}\n',
      /an included file includes nothing itself/,
      'parameters: {}\n',
    ],
  ])('is told of %s, at its place', async (_what, steps, message, head = '') => {
    const {messages, places, marked} = await checkSteps(steps, head);
    expect(messages).toEqual([expect.stringMatching(message)]);
    expect(places).toEqual([marked]);
  });

  it('is told of a parameter that it does not declare', async () => {
    const step = '  - {id: a, title: A, call: iam:GetRole, with: {RoleName: "${{ parameters.rol }}"}}\n';
    const {messages} = await checkSteps(step, 'parameters: {role: {}}\n');
    expect(messages).toEqual(['there is no parameter rol; there are parameters.role']);
  });

  it.each([
    ['an include', '  - {include: shared/a.yaml}\n'],
    ['a description', '  - {id: a, title: A, call: iam:ListRoles}\ndescription: x\n'],
  ])('is a runbook without a name where it has %s', async (_what, rest) => {
    const {problems} = await check(`handrail: 1\nsteps:\n${rest}`);
    expect(problems.map(({message}) => message).join()).toMatch(/name is missing|cannot be read/);
  });
});
