import {createHash} from 'node:crypto';
import {describe, expect, it} from 'vitest';
import {includedFrom, parseRunbook} from '../../source/runbook/load/load.ts';
import {anywhere} from '../../source/runbook/expression/rewrite.ts';
import {check, problemsIn, withSteps} from './marked-runbook.ts';

const shared = `handrail: 1
parameters:
  role: {description: The role to look at.}
  ending: {default: "it's \\\\ fine"}
steps:
  - id: role
    title: Find the role
    call: iam:GetRole
    with: {RoleName: "\${{ parameters.role }}"}
    output: '\${{ Role.{name: RoleName, given: $parameters.role, steps: RoleName} }}'
    summary: \${{ name }} \${{ parameters.ending }}
  - id: wait
    title: Wait
    when: \${{ steps.role.output.name != 'x' && "steps"."role".output.steps != 'y' }}
    waitUntil:
      call: iam:GetRole
      with: {RoleName: "\${{ $steps.role.output.name }}"}
      acceptors:
        - state: success
          matcher: {output: {path: "Role.RoleName == $steps.role.output.name", expected: 'true', comparator: booleanEquals}}
      minDelay: 1
      maxDelay: 1
      maxWaitTime: 10
  - id: sure
    title: Sure
    assert: {that: "\${{ steps.role.output.name == parameters.role }}", message: no}
    catch: [{errorEquals: [AssertionFailed], next: role, maxVisits: 1}]
`;
const files = includedFrom([{name: 'shared/role.yaml', text: shared}]);
const head = 'inputs: {roles: {type: list, default: [a, b], description: Roles.}}\n';

const twice = `  - include: shared/role.yaml
    with: {role: AdminRole}
  - include: shared/role.yaml
    as: again
    with: {role: "\${{ inputs.roles[0] }}", ending: "\${{ join('', [account.id, inputs.roles[-1]]) }}"}
  - {id: last, title: L, call: iam:GetRole, with: {RoleName: "\${{ steps.againRole.output.name }}"}}
`;

describe('an include with parameters', () => {
  it('puts values into the expressions of its steps, whatever those are worked out on', async () => {
    const {runbook} = parseRunbook('test.yaml', withSteps(twice, head), files);
    const [first, , , second] = runbook.steps;
    expect(first?.action).toMatchObject({
      with: {RoleName: "${{ 'AdminRole' }}"},
      output: "${{ Role.{name: RoleName, given: 'AdminRole', steps: RoleName} }}",
    });
    expect(first?.summary).toBe("${{ name }} ${{ 'it\\'s \\\\ fine' }}");
    expect(second?.action).toMatchObject({
      with: {RoleName: '${{ ($inputs.roles[0]) }}'},
      output: '${{ Role.{name: RoleName, given: ($inputs.roles[0]), steps: RoleName} }}',
    });
    expect(second?.summary).toBe("${{ name }} ${{ (join('', [$account.id, $inputs.roles[-1]])) }}");
    expect(await problemsIn(withSteps(twice, head), files)).toEqual([]);
  });

  it('gives the same steps other ids where it says `as`, and everything that names them', () => {
    const {runbook} = parseRunbook('test.yaml', withSteps(twice, head), files);
    expect(runbook.steps.map(({id}) => id)).toEqual([
      'role',
      'wait',
      'sure',
      'againRole',
      'againWait',
      'againSure',
      'last',
    ]);
    const [, , , , wait, sure] = runbook.steps;
    expect(wait?.when).toBe(
      '${{ steps.againRole.output.name != \'x\' && "steps"."role".output.steps != \'y\' }}',
    );
    expect(wait?.action).toMatchObject({
      with: {RoleName: '${{ $steps.againRole.output.name }}'},
      acceptors: [{matcher: {output: {path: 'Role.RoleName == $steps.againRole.output.name'}}}],
    });
    expect(sure?.catch).toMatchObject([{next: 'againRole'}]);
  });

  it.each([
    ['a parameter missing', '  - »include: shared/role.yaml\n', /needs role: give it below `with`/],
    [
      'one that is not there',
      '  - include: shared/role.yaml\n    with: {role: x, »endin: y}\n',
      /has no parameter endin/,
    ],
    [
      'a text with a part that is an expression',
      '  - include: shared/role.yaml\n    with: {role: »"a-${{ inputs.roles[0] }}"}\n',
      /write one expression: join its parts/,
    ],
    [
      'an expression that cannot be read',
      '  - include: shared/role.yaml\n    with: {role: »"${{ inputs. }}"}\n',
      /./,
    ],
    [
      'an expression within a list',
      '  - include: shared/role.yaml\n    with: {role: »["${{ inputs.roles }}"]}\n',
      /write one expression for the whole/,
    ],
    [
      'its file a second time without another name',
      '  - {include: shared/role.yaml, with: {role: x}}\n  - {»include: shared/role.yaml, with: {role: y}}\n',
      /included already: with `as: again`, its steps get ids that begin with again/,
    ],
    [
      'a name that is none',
      '  - {include: shared/role.yaml, as: »no-name, with: {role: x}}\n',
      /letters and digits/,
    ],
    ['a mistyped member', '  - {include: shared/role.yaml, »wit: {role: x}}\n', /wit is not known here/],
  ])('is refused with %s', async (_, steps, words) => {
    const {problems, marked} = await check(withSteps(steps, head), files);
    expect(problems.map(({message}) => message).join('\n')).toMatch(words);
    expect(problems.map(({line, column}) => `${line}:${column}`)).toContain(marked);
  });

  it('reports a value of the wrong type in the file that uses it, at its line', async () => {
    const problems = await problemsIn(withSteps('  - {include: shared/role.yaml, with: {role: 5}}\n'), files);
    expect(problems[0]).toMatchObject({file: 'shared/role.yaml', line: 9});
    expect(problems[0]?.message).toMatch(/RoleName of iam:GetRole is a text, and this is a number/);
  });

  it.each([
    ['parameters.rol', /there is no parameter rol; there are parameters.role/],
    ['parameters', /parameters is no value; there are parameters.role/],
  ])('whose file asks for %s says what there is', async (asked, words) => {
    const text = shared.replace('"${{ parameters.role }}"', `"\${{ ${asked} }}"`);
    const [problem] = await problemsIn(
      withSteps('  - {include: shared/role.yaml, with: {role: x}}\n'),
      includedFrom([{name: 'shared/role.yaml', text}]),
    );
    expect(problem).toMatchObject({file: 'shared/role.yaml', line: 9});
    expect(problem?.message).toMatch(words);
  });

  it('knows nothing of parameters in a runbook', async () => {
    const text = withSteps(
      '  - {id: a, title: A, call: iam:GetRole, with: {RoleName: "${{ parameters.role }}"}}\n',
    );
    expect((await problemsIn(text))[0]?.message).toMatch(/parameters is not known here/);
  });
});

function pinned(hash: string): string {
  return withSteps(`  - {include: shared/role.yaml, with: {role: x}, sha256: »"${hash}"}\n`);
}

describe('an include that is pinned', () => {
  const sha256 = createHash('sha256').update(shared).digest('hex');

  it('takes the file with that hash', async () => {
    expect((await check(pinned(sha256), files)).problems).toEqual([]);
  });

  it('refuses every other file, and says its hash', async () => {
    const changed = includedFrom([{name: 'shared/role.yaml', text: `${shared}# changed\n`}]);
    const {problems, marked} = await check(pinned(sha256), changed);
    const now = createHash('sha256').update(`${shared}# changed\n`).digest('hex');
    expect(problems.map(({message, line, column}) => `${line}:${column} ${message}`)).toEqual([
      `${marked} shared/role.yaml is another file than the one with this hash: look at what has changed, then write ${now}`,
    ]);
  });

  it('refuses what is no hash', async () => {
    const {problems, marked} = await check(pinned('abc'), files);
    expect(problems.map(({message, line, column}) => `${line}:${column} ${message}`)).toEqual([
      `${marked} write the 64 hex digits that sha256sum prints for the file`,
    ]);
  });
});

it('an expression that is to say the same everywhere has a $ before the run’s own names, and before no other', () => {
  const known: Readonly<Record<string, string>> = {
    'inputs.a': '$inputs.a',
    'steps.a.output[?name == inputs.b].steps': '$steps.a.output[?name == inputs.b].steps',
    "join('', [region, account.id]) || $inputs.c": "join('', [$region, $account.id]) || $inputs.c",
    '{a: item.inputs, inputs: caller}': '{a: $item.inputs, inputs: $caller}',
    "let $x = inputs.a in $x == steps.b.output && 'inputs.c'":
      "let $x = $inputs.a in $x == $steps.b.output && 'inputs.c'",
    'sort_by(inputs.list, &inputs)': 'sort_by($inputs.list, &inputs)',
    'inputs.a | steps': '$inputs.a | steps',
  };
  for (const [source, wanted] of Object.entries(known)) expect(anywhere(source)).toBe(wanted);
});
