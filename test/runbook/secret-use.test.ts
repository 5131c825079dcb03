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
