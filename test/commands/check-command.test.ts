import {execFile} from 'node:child_process';
import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {promisify} from 'node:util';
import {beforeAll, describe, expect, it} from 'vitest';
import {wholeProgram} from '../support/whole-program.ts';

const root = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);
const [command, ...options] = wholeProgram;

let file: string;

beforeAll(() => {
  file = join(mkdtempSync(join(tmpdir(), 'handrail-test-')), 'mistyped.yaml');
  writeFileSync(
    file,
    'handrail: 1\nname: test\ntitle: Test\nsteps:\n  - {id: role, title: Role, call: iam:GetRole, with: {RolName: x}}\n',
  );
});

async function handrail(...args: string[]): Promise<{code: number; stdout: string}> {
  // No network, no credentials: checking needs neither.
  const env = {...process.env, HTTPS_PROXY: 'http://127.0.0.1:9', AWS_EC2_METADATA_DISABLED: 'true'};
  try {
    const {stdout} = await run(command, [...options, ...args], {cwd: root, env});
    return {code: 0, stdout};
  } catch (error) {
    const {code, stdout} = error as {code: number; stdout: string};
    return {code, stdout};
  }
}

describe('handrail check', () => {
  it('shows each problem with its place, its line, a caret and what was probably meant, and exits 2', async () => {
    const {code, stdout} = await handrail('check', file);
    expect(code).toBe(2);
    expect(stdout.split('\n')).toEqual([
      `${file}:5:55: iam:GetRole has no member RolName; did you mean RoleName?`,
      '      - {id: role, title: Role, call: iam:GetRole, with: {RolName: x}}',
      `${' '.repeat(58)}^`,
      `${file}: 1 problem`,
      '',
    ]);
  });

  it('writes JSON for editors', async () => {
    const {code, stdout} = await handrail('check', file, '--json');
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      problems: [{file, line: 5, column: 55, suggestion: 'RoleName'}],
    });
  });

  it('warns, and still exits 0, of a role that is deleted by whatever name is given', async () => {
    const free = join(mkdtempSync(join(tmpdir(), 'handrail-test-')), 'free.yaml');
    writeFileSync(
      free,
      [
        'handrail: 1',
        'name: test',
        'title: Test',
        'inputs: {name: {type: string, default: AWSServiceRoleForX}}',
        'steps:',
        '  - {id: agree, title: Agree, confirm: {message: Sure?}}',
        "  - id: delete\n    title: Delete\n    call: iam:DeleteServiceLinkedRole\n    with: {RoleName: '${{ inputs.name }}'}",
        '',
      ].join('\n'),
    );
    const {code, stdout} = await handrail('check', free);
    expect(code).toBe(0);
    expect(stdout).toContain(`${free}:10:22: warning: any service's role can be named by the input name`);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(`${free}: no problems`);
    writeFileSync(
      free,
      readFileSync(free, 'utf8').replace('type: string,', 'type: string, enum: [AWSServiceRoleForX],'),
    );
    expect((await handrail('check', free)).stdout).toBe(`${free}: no problems\n`);
  });

  it('warns of a plan that cannot show its changes, and of Region steps without Regions', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'handrail-test-')), 'blind.yaml');
    const find =
      '  - {id: find, title: Find, scope: region, call: ssm:DescribeParameters, output: "${{ Parameters[].{name: Name} }}"}';
    const agree = '  - {id: agree, title: Agree, confirm: {message: Sure?}}';
    const remove =
      '  - {id: delete, title: Delete, scope: region, forEach: "${{ steps.find.output }}", call: ssm:DeleteParameter, ' +
      'with: {Name: "${{ item.name }}"}, undo: {impossible: gone}}';
    const written = (...lines: readonly string[]): void =>
      writeFileSync(file, `${['handrail: 1', 'name: blind', 'title: Blind', ...lines].join('\n')}\n`);
    written('steps:', agree, find, remove);
    const {code, stdout} = await handrail('check', file);
    expect(code).toBe(0);
    expect(stdout).toMatch(/blind.yaml:6:\d+: warning: every Region of the account is visited.* regionsOf/);
    expect(stdout).toMatch(
      /blind.yaml:7:\d+: warning: what delete changes is found by find, after the confirmation agree/,
    );
    written('regionsOf: ssm', 'steps:', find, agree, remove);
    expect((await handrail('check', file)).stdout).toBe(`${file}: no problems\n`);
  });

  it('finds nothing wrong with what is shipped, and exits 0', async () => {
    const {code, stdout} = await handrail(
      'check',
      'inspect-service-linked-role',
      'create-service-linked-role',
      'edit-role-description',
      'clean-up-image-builder',
      'delete-service-linked-role',
      'restore-schedules',
      '--json',
    );
    expect(JSON.parse(stdout)).toEqual({version: 1, problems: [], warnings: []});
    expect(code).toBe(0);
  });
});

describe('handrail permissions', () => {
  it('prints a policy as JSON', async () => {
    const {code, stdout} = await handrail('permissions', 'create-service-linked-role');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      Version: '2012-10-17',
      Statement: [
        {Action: ['iam:GetRole'], Resource: '*'},
        {Action: ['iam:CreateServiceLinkedRole'], Resource: 'arn:*:iam::*:role/aws-service-role/*'},
        {Sid: 'HandrailItself'},
      ],
    });
  });
});
