import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {otherAws, type OtherAws} from '../support/other-aws.ts';
import {handrail, Pty} from './pty.ts';

const timeout = 600_000;

const runbook = `handrail: 1
name: put
title: Put
inputs:
  path: {type: string, description: Where it is put.}
  mode: {type: string, enum: [fast, slow]}
  count: {type: number, minimum: 1, maximum: 5}
  token: {type: secret, description: The token of the other system.}
  rest: {type: string, default: x}
steps:
  - {id: agree, title: Agree, confirm: {message: Put it}}
  - id: put
    title: Put it
    call: ssm:PutParameter
    with: {Name: '\${{ inputs.path }}', Description: '\${{ inputs.mode }}', Value: '\${{ inputs.token }}'}
    undo: {impossible: it was only written}
`;

let aws: OtherAws;
let pty: Pty;
let file: string;

beforeEach(async () => {
  const caller = {
    Account: '123456789012',
    Arn: 'arn:aws:sts::123456789012:assumed-role/ops/kim',
    UserId: 'A:kim',
  };
  aws = await otherAws({'sts:GetCallerIdentity': () => caller, 'ssm:PutParameter': () => ({Version: 1})});
});
afterEach(async () => {
  pty.close();
  await aws.close();
});

async function shell(columns: number): Promise<void> {
  pty = new Pty(columns, 24, {
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'simulated',
    AWS_SECRET_ACCESS_KEY: 'simulated',
  });
  file = join(pty.stateHome, 'put.yaml');
  writeFileSync(file, runbook);
  await pty.shows('shell> ');
}

const put = (): readonly unknown[] =>
  aws.requests.filter(({operation}) => operation === 'ssm:PutParameter').map(({input}) => input);

describe('inputs that are missing', () => {
  it.each([
    [80, 'xterm-256color'],
    [40, 'xterm-256color'],
    [80, 'dumb'],
  ])(
    'are asked for and checked, and a secret is not shown, %i columns wide on %s',
    {timeout},
    async (columns, term) => {
      await shell(columns);
      pty.press(`clear; TERM=${term} ${handrail} run '${file}' --yes; echo "left with $?"\r`);
      await pty.shows(/path {2}\(1 of 4\) text\s+Where it is put\.\s+> $/m);
      // Keys that arrive together are keys, and Enter among them takes a value.
      pty.press('/x\u007Fa\rquick\r');
      await pty.shows(/one\s+of\s+fast,\s+slow,\s+not\s+quick/);
      pty.press('\u0015\u001B[C\r');
      await pty.shows(/count {2}\(3 of 4\) number 1 to 5/);
      pty.press('9\r');
      await pty.shows(/a\s+number\s+from\s+1\s+to\s+5,\s+not\s+9/);
      pty.press('\u007F3\r');
      await pty.shows(/token {2}\(4 of 4\) secret/);
      pty.press(term === 'dumb' ? 'hunter2-horse\r' : '\u001B[200~hunter2-horse\n\u001B[201~\r');
      await pty.shows(/Done: 1 change is made/);
      if (term !== 'dumb') pty.press('q');
      await pty.shows(/left with 0/);
      expect(pty.written).not.toContain('hunter2');
      expect(put()).toEqual([{Name: '/a', Description: 'fast', Value: 'hunter2-horse'}]);
    },
  );

  it.each([
    ['Esc', '\u001B'],
    ['Ctrl-C', '\u0003'],
  ])('are left by %s with 130, and nothing was sent', {timeout}, async (_name, key) => {
    await shell(80);
    pty.press(`clear; ${handrail} run '${file}'; echo "left with $?"\r`);
    await pty.shows(/path {2}\(1 of 4\)/);
    pty.press(`abc${key}`);
    await pty.shows(/left with 130/);
    expect(aws.requests).toEqual([]);
    pty.press('stty -a | grep -c " icanon"\r');
    await pty.shows(/^1$/m);
  });

  it('are refused where nobody can be asked: all of them, and how to give them', {timeout}, async () => {
    await shell(200);
    pty.press(`clear; ${handrail} run '${file}' --input count=1 </dev/null; echo "left with $?"\r`);
    await pty.shows(/left with 2/);
    expect(pty.text).toContain(
      'handrail: inputs path (Where it is put.), mode, token (The token of the other system.) are needed: ' +
        'add --input path=… --input mode=… --input token=…',
    );
    expect(aws.requests).toEqual([]);
  });
});
