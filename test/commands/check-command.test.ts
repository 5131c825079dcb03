import {execFile, spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join, resolve} from 'node:path';
import {promisify} from 'node:util';
import {beforeAll, describe, expect, it} from 'vitest';
import {wholeProgram} from '../support/whole-program.ts';

const root = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);
const [command, ...options] = wholeProgram;

interface Sarif {
  readonly version: string;
  readonly runs: readonly [
    {
      readonly tool: {readonly driver: {readonly rules: readonly {readonly id: string}[]}};
      readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly level: string;
        readonly locations: unknown;
      }[];
    },
  ];
}

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
      problems: [{file, line: 5, column: 55, suggestion: 'RoleName', rule: 'request-members'}],
    });
  });

  it('writes annotations for GitHub, each with its rule, and what they are made of escaped', async () => {
    const odd = join(mkdtempSync(join(tmpdir(), 'handrail,test-')), 'odd%.yaml');
    writeFileSync(odd, readFileSync(file, 'utf8'));
    const {code, stdout} = await handrail('check', odd, '--format', 'github');
    expect(code).toBe(2);
    const path = odd.replaceAll('%', '%25').replaceAll(',', '%2C');
    expect(stdout).toBe(
      `::error file=${path},line=5,col=55,title=request-members::iam:GetRole has no member RolName; did you mean RoleName?\n`,
    );
  });

  it('writes SARIF for code scanning: every rule that a result names is there', async () => {
    const warned = join(mkdtempSync(join(tmpdir(), 'handrail-test-')), 'warned.yaml');
    writeFileSync(
      warned,
      'handrail: 1\nname: test\ntitle: Test\nsteps:\n  - {id: a, title: A, scope: region, call: ssm:DescribeParameters}\n',
    );
    const torn = join(dirname(warned), 'torn.yaml');
    writeFileSync(torn, 'handrail: 1\nname: [\n');
    const {code, stdout} = await handrail('check', file, warned, torn, '--format', 'sarif');
    expect(code).toBe(2);
    const {version, runs} = JSON.parse(stdout) as Sarif;
    expect(version).toBe('2.1.0');
    const [{tool, results}] = runs;
    expect(results.map(({ruleId, level}) => [ruleId, level])).toEqual([
      ['request-members', 'error'],
      ['no-regions', 'warning'],
      ['yaml', 'error'],
    ]);
    for (const {ruleId, ruleIndex} of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    expect(results[0]?.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: {uri: `file://${file}`},
          region: {startLine: 5, startColumn: 55},
        },
      },
    ]);
  });

  it('takes warnings for problems where that is asked for', async () => {
    const warned = join(mkdtempSync(join(tmpdir(), 'handrail-test-')), 'warned.yaml');
    writeFileSync(
      warned,
      'handrail: 1\nname: test\ntitle: Test\nsteps:\n  - {id: a, title: A, scope: region, call: ssm:DescribeParameters}\n',
    );
    expect(await handrail('check', warned)).toMatchObject({code: 0});
    const {code, stdout} = await handrail('check', warned, '--strict');
    expect(code).toBe(2);
    expect(stdout).toContain(`${warned}:5:30: every Region of the account is visited`);
    expect(stdout).toContain(`${warned}: 1 problem\n`);
  });

  it('refuses a format that there is not', async () => {
    expect(await handrail('check', file, '--format', 'serif')).toEqual({code: 2, stdout: ''});
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
    // A runbook that looks at no service, and has the name typed, claims nothing about the role's uses.
    const written = readFileSync(free, 'utf8');
    const typed = written.replace('Sure?', "Sure?, typeToConfirm: '${{ inputs.name }}'");
    writeFileSync(free, typed);
    expect((await handrail('check', '--strict', free)).code).toBe(0);
    writeFileSync(free, written.replace('type: string,', 'type: string, enum: [AWSServiceRoleForX],'));
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

  it('checks each runbook of a folder and below it, and says so where there is none', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'handrail-test-'));
    mkdirSync(join(folder, 'deeper/node_modules'), {recursive: true});
    const good =
      'handrail: 1\nname: good\ntitle: Good\nsteps:\n  - {id: role, title: Role, call: iam:GetRole, with: {RoleName: x}}\n';
    writeFileSync(join(folder, 'good.yaml'), good);
    writeFileSync(join(folder, 'deeper/bad.yml'), readFileSync(file, 'utf8'));
    writeFileSync(join(folder, 'deeper/node_modules/foreign.yaml'), readFileSync(file, 'utf8'));
    writeFileSync(join(folder, 'steps.yaml'), 'handrail: 1\nsteps: []\n');
    const {code, stdout} = await handrail('check', folder);
    expect(code).toBe(2);
    expect(stdout).toContain(`${join(folder, 'deeper/bad.yml')}: 1 problem\n`);
    expect(stdout).toContain(`${join(folder, 'good.yaml')}: no problems\n`);
    expect(stdout).toContain(`${join(folder, 'steps.yaml')}: 1 problem\n`);
    expect(stdout).not.toContain('foreign');
    expect((await handrail('check', join(folder, 'deeper/node_modules/..', 'node_modules'))).code).toBe(2);
    const empty = mkdtempSync(join(tmpdir(), 'handrail-test-'));
    expect((await handrail('check', empty)).code).toBe(2);
  });

  it.each(['text', 'json', 'github', 'sarif', 'junit'])(
    'checks a file of shared steps by itself, and says its problem once in a folder: %s',
    async (format) => {
      const folder = mkdtempSync(join(tmpdir(), 'handrail-test-'));
      mkdirSync(join(folder, 'shared'));
      const shared = join(folder, 'shared/role.yaml');
      const step = '  - {id: role, title: Role, call: iam:GetRole, with: {RolName: "${{ inputs.name }}"}}\n';
      writeFileSync(shared, `handrail: 1\nsteps:\n${step}`);
      const head = 'handrail: 1\nname: user\ntitle: User\ninputs: {name: {type: string}}\n';
      writeFileSync(join(folder, 'user.yaml'), `${head}steps:\n  - include: shared/role.yaml\n`);
      const alone = await handrail('check', shared, '--format', format);
      expect(alone.code).toBe(2);
      expect(alone.stdout).toContain('iam:GetRole has no member RolName');
      if (format === 'text') {
        expect(alone.stdout).toContain(
          `${shared}: 1 problem; shared steps, which take inputs.name from a runbook\n`,
        );
      }
      const {stdout} = await handrail('check', folder, '--format', format);
      const times = {text: 2, json: 1, github: 1, sarif: 1, junit: 2}[format];
      expect(stdout.split('has no member RolName')).toHaveLength((times ?? 0) + 1);
    },
  );

  it('writes JUnit XML in which each file is a case and each problem a failure with its place', async () => {
    const {code, stdout} = await handrail('check', file, 'edit-role-description', '--format', 'junit');
    expect(code).toBe(2);
    expect(stdout).toContain('<testsuite name="handrail check" tests="2" failures="1">');
    expect(stdout).toContain(
      `<failure type="request-members" message="iam:GetRole has no member RolName; did you mean RoleName?">${file}:5:55</failure>`,
    );
    expect(stdout).toContain(
      '<testcase classname="handrail check" name="edit-role-description">\n</testcase>',
    );
  });

  it('reads a runbook from standard input, with the same care', () => {
    const checked = (input: string): string =>
      spawnSync(command, [...options, 'check', '-'], {cwd: root, input, encoding: 'utf8'}).stdout;
    expect(checked(readFileSync(join(root, 'runbooks/edit-role-description.yaml'), 'utf8'))).toBe(
      '-: no problems\n',
    );
    expect(checked(readFileSync(file, 'utf8'))).toContain(
      'standard input:5:55: iam:GetRole has no member RolName',
    );
    expect(checked('handrail: 1\u00a0\n')).toContain(
      'standard input:1:12: there is a no-break space here (U+00A0)',
    );
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
        {
          Action: ['iam:CreateServiceLinkedRole'],
          Resource: ['arn:*:iam::*:role/aws-service-role/imagebuilder.amazonaws.com/*'],
        },
        {Sid: 'HandrailItself'},
      ],
    });
  });
});
