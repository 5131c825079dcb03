import {describe, expect, it} from 'vitest';
import {check, problemsIn, withSteps} from './marked-runbook.ts';

const head = `inputs:
  one: {type: string, default: i-1}
  many: {type: list, default: []}
  count: {type: number, default: 3}
  flag: {type: boolean, default: true}
`;
const agreed = '  - {id: agree, title: Agree, confirm: {message: Sure?}}\n';
const roles = `  - id: roles
    title: Roles
    call: iam:ListRoles
    output: "\${{ Roles[].{name: RoleName, path: optional(Path), made: CreateDate, size: MaxSessionDuration} }}"
`;

/** A step that works on each role. */
function forRole(call: string, members: string): string {
  return `${agreed}${roles}  - id: act\n    title: Act\n    forEach: \${{ steps.roles.output }}\n    call: ${call}\n    with: ${members}\n`;
}

/** What is said, with the place of the first; the marker stands where it should be said. */
async function said(steps: string): Promise<readonly string[]> {
  const {problems, marked} = await check(withSteps(steps, head));
  return problems.map(
    ({line, column, message}) => `${`${line}:${column}` === marked ? 'here: ' : ''}${message}`,
  );
}

describe('a member of a request', () => {
  it.each([
    [
      'ssm:SendCommand',
      '{InstanceIds: "${{ »inputs.one }}"}',
      /^here: InstanceIds of ssm:SendCommand is a list, and this is a text/,
    ],
    ['ssm:SendCommand', '{InstanceIds: "${{ »inputs.count }}"}', /is a list, and this is a number/],
    ['ssm:SendCommand', '{TimeoutSeconds: "${{ »inputs.one }}"}', /is a number, and this is a text/],
    ['ssm:SendCommand', '{Comment: "${{ »inputs.count }}"}', /is a text, and this is a number/],
    ['ssm:SendCommand', '{Parameters: "${{ »inputs.many }}"}', /is an object, and this is a list/],
    ['ssm:SendCommand', '{Targets: "${{ »[{Key: \'a\', Valuess: inputs.many}] }}"}', /has no member Valuess/],
    [
      'ssm:SendCommand',
      '{Targets: "${{ »[{Key: inputs.count}] }}"}',
      /has \[\]\.Key: it is a text, and this is a number/,
    ],
    [
      'ssm:CreateActivation',
      '{IamRole: r, ExpirationDate: »next tuesday}',
      /is a time, such as .*, not this text/,
    ],
    ['ssm:CreateActivation', '{IamRole: r, ExpirationDate: »2026-11-27T08:00:00}', /is a time/],
    ['ssm:CreateActivation', '{IamRole: r, ExpirationDate: »2026-02-30}', /is a time/],
    [
      'ssm:CreateActivation',
      '{IamRole: r, ExpirationDate: »1764230400}',
      /is a time, such as .*, not a number/,
    ],
    ['iam:GetRole', '{RoleName: »12}', /is a text, not a number: write it in quotes/],
    ['ssm:DescribeParameters', '{MaxResults: »12345678901234567890}', /cannot be sent exactly/],
  ])('%s %s is refused where it is of another type', async (call, members, words) => {
    const found = await said(
      `${agreed}  - id: act\n    title: Act\n    call: ${call}\n    with: ${members}\n`,
    );
    expect(
      found.some((one) => words.test(one)),
      found.join('\n'),
    ).toBe(true);
  });

  it.each([
    [
      'iam:GetRolePolicy',
      '{RoleName: r, PolicyName: "backup-${{ »item.path }}"}',
      /^here: PolicyName of iam:GetRolePolicy has a part that may be nothing/,
    ],
    [
      'iam:GetRole',
      '{RoleName: "${{ »item.path }}"}',
      /^here: RoleName of iam:GetRole is needed, and this may be nothing/,
    ],
    ['iam:GetRole', '{RoleName: "${{ »optional(item.name) }}"}', /is needed, and this may be nothing/],
    [
      'iam:ListRoles',
      '{PathPrefix: "${{ »item.path }}"}',
      /^here: PathPrefix of iam:ListRoles may be nothing; optional/,
    ],
    [
      'ssm:SendCommand',
      '{InstanceIds: ["${{ »item.path }}"]}',
      /^here: InstanceIds\[0\] of ssm:SendCommand may be nothing: a list cannot have a hole/,
    ],
    ['ssm:SendCommand', '{InstanceIds: "${{ »[item.path] }}"}', /a list|leave such items out/],
    ['iam:GetRole', '{RoleName: "a-${{ »item }}"}', /has an object within a text/],
    [
      'iam:GetRole',
      '{RoleName: "a-${{ »inputs.flag && \'b\' }}"}',
      /has a part that is false where its condition does not hold/,
    ],
  ])('%s %s is refused where there may be nothing', async (call, members, words) => {
    const found = await said(forRole(call, members));
    expect(
      found.some((one) => words.test(one)),
      found.join('\n'),
    ).toBe(true);
  });

  it.each([
    ['iam:GetRole', '{RoleName: "${{ not_null(item.path, item.name) }}"}'],
    ['iam:GetRole', '{RoleName: "${{ item.name }}-${{ item.size }}"}'],
    ['iam:ListRoles', '{PathPrefix: "${{ optional(item.path) }}"}'],
    ['iam:ListRoles', '{PathPrefix: "${{ inputs.flag ? \'/a/\' : optional(item.path) }}"}'],
    [
      'ssm:SendCommand',
      '{DocumentName: d, InstanceIds: "${{ inputs.many }}", TimeoutSeconds: "${{ inputs.count }}"}',
    ],
    ['ssm:CreateActivation', '{IamRole: r, ExpirationDate: "${{ item.made }}"}'],
    ['ssm:CreateActivation', '{IamRole: r, ExpirationDate: 2026-11-27T08:00:00+01:00}'],
    ['ssm:CreateActivation', '{IamRole: r, RegistrationLimit: 107374182400}'],
    ['ssm:SendCommand', '{DocumentName: d, Targets: "${{ [{Key: \'a\', Values: inputs.many}] }}"}'],
    ['ssm:SendCommand', '{DocumentName: d, Parameters: {a: ["${{ item.name }}"]}}'],
  ])('%s %s is taken', async (call, members) => {
    expect(await said(forRole(call, members))).toEqual([]);
  });
});

const look =
  '  - id: look\n    title: L\n    call: iam:GetRole\n    with: {RoleName: r}\n    output: ${{ Role }}\n';
const use = (path: string, rest = ''): string =>
  `  - id: use\n    title: U\n${rest}    call: iam:ListRolePolicies\n    with: {RoleName: "\${{ ${path} }}"}\n`;

const caught = (output: string): string =>
  `${look}    catch: [{errorEquals: [NoSuchEntity], next: continue, output: "\${{ ${output} }}"}]\n`;

describe('the output of a step', () => {
  it.each([
    ['its `when` left it out', `${look}    when: \${{ inputs.flag }}\n`],
    [
      'its catch went on from an error',
      `${look}    catch: [{errorEquals: [NoSuchEntity], next: continue}]\n`,
    ],
    ['the operator went on without it', `${look}    skippable: true\n`],
    ['its AWS client is not installed', `${look}    ifInstalled: true\n`],
    [
      'it was gone already',
      `${agreed}  - {id: look, title: L, call: 'iam:DeleteServiceLinkedRole', with: {RoleName: r}}\n`,
    ],
    [
      'the wait ended in the error that it waited for',
      `  - id: look
    title: L
    waitUntil:
      call: iam:GetRole
      with: {RoleName: r}
      acceptors: [{state: success, matcher: {errorType: NoSuchEntity}}]
      minDelay: 1
      maxDelay: 2
      maxWaitTime: 9
`,
    ],
  ])('is not taken for granted: %s', async (why, step) => {
    const name = why.includes('gone')
      ? 'DeletionTaskId'
      : why.includes('wait')
        ? 'Role.RoleName'
        : 'RoleName';
    expect(await said(step + use(`steps.look.»output.${name}`))).toEqual([
      `here: look has no output where ${why}; write optional(…) around the path, or not_null(…, …)`,
    ]);
    expect(await said(step + use(`not_null(steps.look.output.${name}, inputs.one)`))).toEqual([]);
    const condition = `    when: \${{ optional(steps.look.output.${name}) != \`null\` }}\n`;
    expect(await said(step + use(`steps.look.output.${name}`, condition))).toEqual([]);
  });

  it('is there under the same condition', async () => {
    const when = '    when: ${{ inputs.flag }}\n';
    expect(await said(look + when + use('steps.look.output.RoleName', when))).toEqual([]);
    const both = "    when: ${{ inputs.flag && inputs.one == 'x' }}\n";
    expect(await said(look + when + use('steps.look.output.RoleName', both))).toEqual([]);
    expect(await said(look + both + use('steps.look.output.RoleName', when))).toHaveLength(1);
  });

  it('in Regions where an error was caught is no empty list', async () => {
    const text = `${look.replace('    call', '    scope: region\n    call')}    catch: [{errorEquals: [All], next: continue}]
  - {id: none, title: N, assert: {that: "\${{ length(steps.look.byRegion[].»output[]) == \`0\` }}", message: m}}\n`;
    expect((await said(text))[0]).toMatch(/^here: look has no output where its catch went on/);
  });

  it('is what the catch gives in its place, or what AWS answered', async () => {
    const path = 'steps.look.output.RoleName';
    expect(await said(caught("{RoleName: 'none'}") + use(path))).toEqual([]);
    expect((await said(caught("{Name: 'none'}") + use(path)))[0]).toMatch(/RoleName cannot be there/);
    expect((await said(caught("'none'") + use(path)))[0]).toMatch(/RoleName is asked of an object or a text/);
  });

  it('has a hole for each item whose error was caught', async () => {
    const step = `${look}    forEach: \${{ inputs.many }}\n    catch: [{errorEquals: [All], next: continue}]\n`;
    const each = (list: string): string =>
      `${step}  - id: use\n    title: U\n    forEach: \${{ ${list} }}\n    call: iam:GetRole\n    with: {RoleName: "\${{ item.RoleName }}"}\n`;
    expect((await said(each('steps.look.output')))[0]).toMatch(
      /RoleName is asked of something that may be nothing/,
    );
    expect(await said(each('steps.look.output[?@]'))).toEqual([]);
  });
});

describe('an operator or a function', () => {
  it.each([
    ['inputs.one < inputs.»count', 'two numbers, texts or times can be ordered'],
    ['inputs.flag > `1`', 'two numbers, texts or times can be ordered'],
    ['inputs.one + `1` == `1`', 'arithmetic needs numbers'],
    ['inputs.one == inputs.count', 'a text is never equal to a number'],
    ["length(inputs.many) == '0'", 'a number is never equal to a text'],
    ['!length(inputs.many)', 'a number always counts as true'],
    ['length(inputs.many) && inputs.flag', 'a number always counts as true'],
    ["starts_with(inputs.many, 'a')", 'starts_with() takes a text, not a list'],
    [
      "sum(split(inputs.one, ',')) == `1`",
      'sum() takes a list of numbers, not a list of which one may be a text',
    ],
    [
      "find_first(inputs.one, 'a') > `0`",
      'two numbers, texts or times can be ordered, not a number or nothing and a number',
    ],
    ['to_number(inputs.one) * `2` == `4`', 'arithmetic needs numbers, and this may be nothing'],
    ['contains(inputs.one, inputs.count)', 'looks for a text in a text'],
    ['`12345678901234567890` == inputs.count', 'numbers are exact up to 9007199254740991'],
    ['inputs.one', 'true or false is needed here, and this is a text'],
    ['optional(inputs.flag)', 'true or false is needed here, and this may be nothing'],
    ['max(`[]`) == `1`', 'this list never has an item'],
  ])('%s is refused: %s', async (condition, words) => {
    const step = `  - {id: a, title: A, when: "\${{ ${condition.replace('»', '')} }}", call: sts:GetCallerIdentity}\n`;
    const problems = await problemsIn(withSteps(step, head));
    expect(problems.map(({message}) => message)).toEqual([expect.stringContaining(words)]);
  });

  it.each([
    "inputs.one < 'm'",
    'not_null(to_number(inputs.one), `0`) * `2` == `4`',
    "inputs.one != '' && inputs.flag",
    "(inputs.flag && 'a' || inputs.one) == 'a'",
    'length(inputs.many[::-1]) > `0`',
    "inputs.one[0:2] == 'i-'",
    "type(inputs.one) == 'string'",
    'optional(inputs.one) == `null` || length(inputs.one) > `2`',
  ])('%s is right', async (condition) => {
    const step = `  - {id: a, title: A, when: "\${{ ${condition} }}", call: sts:GetCallerIdentity}\n`;
    expect(await problemsIn(withSteps(step, head))).toEqual([]);
  });
});

const confirm = (typed: string): string =>
  `  - {id: ok, title: O, confirm: {message: m, typeToConfirm: ${typed}}}\n`;

describe('a text to type', () => {
  it.each(['" "', '"${{ inputs.none }}"'])('%s is refused: Enter alone would agree', async (typed) => {
    const problems = await problemsIn(
      withSteps(confirm(typed), 'inputs:\n  none: {type: string, default: ""}\n'),
    );
    expect(problems.map(({message}) => message)).toEqual([
      'the text to type is empty: Enter alone would agree',
    ]);
  });

  it('may come from an input that has one', async () => {
    expect(await problemsIn(withSteps(confirm('"${{ inputs.one }}"'), head))).toEqual([]);
  });
});
