import {describe, expect, it} from 'vitest';
import {check, withSteps} from './marked-runbook.ts';

const head = 'inputs: {token: {type: secret}, plain: {type: string}}\n';

function put(expression: string): string {
  return withSteps(
    `  - {id: agree, title: Agree, confirm: {message: Sure?}}
  - id: put
    title: Put
    call: iam:PutRolePolicy
    with: {RoleName: a, PolicyName: p, PolicyDocument: "${expression}"}
`,
    head,
  );
}

describe('a secret in a request', () => {
  it.each([
    '${{ inputs.token }}',
    'by ${{ inputs.token }}',
    "${{ join('', ['a', inputs.token]) }}",
    '${{ not_null(inputs.token, inputs.plain) }}',
    '${{ to_string({token: inputs.token}) }}',
  ])('may be joined to a text: %s', async (expression) => {
    expect((await check(put(expression))).problems).toEqual([]);
  });

  it.each([
    '${{ upper(inputs.»token) }}',
    "${{ replace(inputs.»token, 'a', 'b') }}",
    "${{ inputs.»token == 'x' && 'a' || 'b' }}",
    "${{ join('', [reverse(inputs.»token)]) }}",
  ])('has only its mask to offer to anything else: %s', async (expression) => {
    const {problems, marked} = await check(put(expression));
    expect(problems.map(({line, column, message}) => `${line}:${column} ${message}`)).toEqual([
      `${marked} token is a secret: it can be joined to a text, and nothing else can be made of it`,
    ]);
  });
});

function made(expression: string): string {
  return withSteps(`  - {id: agree, title: Agree, confirm: {message: Sure?}}
  - id: key
    title: Key
    call: iam:CreateAccessKey
    with: {UserName: a}
    output: "${expression}"
`);
}

describe('a sensitive value of AWS, of which only a stand-in is kept', () => {
  it.each([
    '${{ AccessKey.SecretAccessKey }}',
    '${{ {id: AccessKey.AccessKeyId, secret: AccessKey.SecretAccessKey} }}',
    '${{ AccessKey.SecretAccessKey != `null` }}',
    '${{ optional(AccessKey.SecretAccessKey) }}',
    '${{ upper(AccessKey.AccessKeyId) }}',
  ])('is handed on, and asked whether it is there: %s', async (expression) => {
    expect((await check(made(expression))).problems).toEqual([]);
  });

  it.each([
    ['${{ upper(AccessKey.SecretAccessKey) }}', 'upper()'],
    ['${{ length(AccessKey.SecretAccessKey) }}', 'length()'],
    ["${{ join('', ['a', AccessKey.SecretAccessKey]) }}", 'join()'],
    ["${{ AccessKey.SecretAccessKey == 'x' }}", 'a comparison'],
    ["${{ starts_with(not_null(AccessKey.SecretAccessKey, 'x'), 'x') }}", 'starts_with()'],
  ])('is not worked on: %s', async (expression, by) => {
    const {problems} = await check(made(expression));
    expect(problems.map(({message}) => message)).toEqual([
      `SecretAccessKey is sensitive and its value is not kept: ${by} would work on a stand-in for it`,
    ]);
  });
});
