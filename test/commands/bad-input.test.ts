import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll, describe, expect, it, vi} from 'vitest';
import {commandTable} from '../../source/commands/command-table.ts';
import {dispatch} from '../../source/cli/dispatch.ts';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {startSimulator, type Simulator} from '../../source/simulator/server.ts';

let simulator: Simulator;
const folder = mkdtempSync(join(tmpdir(), 'handrail-bad-'));

beforeAll(async () => {
  simulator = await startSimulator(loadScenario('clean'));
  vi.stubEnv('AWS_ENDPOINT_URL', simulator.endpoint);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'simulated');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'simulated');
  vi.stubEnv('XDG_STATE_HOME', folder);
});

afterEach(() => {
  vi.restoreAllMocks();
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await simulator.close();
});

async function typed(...argv: readonly string[]): Promise<{code: number; said: string}> {
  let said = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
  const code = await dispatch(commandTable, argv);
  return {code, said};
}

function runbookFile(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe('what cannot be run', () => {
  const cases: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['an unknown command', ['rnu'], /there is no command rnu; did you mean run\?/],
    [
      'a format that is only a property of every table',
      ['check', 'delete-service-linked-role', '--format', 'toString'],
      /there is no format toString; there are: text, json, github, sarif/,
    ],
    ['no runbook', ['run'], /name a runbook or its file; there are: .*delete-service-linked-role/],
    [
      'an unknown runbook',
      ['run', 'delete-service-linked-rol'],
      /no runbook and no file delete-service-linked-rol; did you mean delete-service-linked-role\?/,
    ],
    [
      'an unknown input',
      ['run', 'delete-service-linked-role', '--input', 'roleNam=x'],
      /has no input roleNam; did you mean roleName\?/,
    ],
    [
      'a value that the enum does not have',
      ['run', 'delete-service-linked-role', '--input', 'pipelines=drop'],
      /input pipelines is one of manual, delete, not drop/,
    ],
    [
      'a number out of its range',
      ['run', 'delete-service-linked-role', '--input', 'retryWaitSeconds=-1'],
      /input retryWaitSeconds is a number from 0 to 3600, not -1/,
    ],
    [
      'another service’s role, which no look here is about',
      ['run', 'delete-service-linked-role', '--input', 'roleName=AWSServiceRoleForBatch'],
      /input roleName is one of AWSServiceRoleForImageBuilder, not AWSServiceRoleForBatch/,
    ],
    [
      'another service’s role, to have its description edited',
      [
        'run',
        'edit-role-description',
        '--input',
        'roleName=AWSServiceRoleForBatch',
        '--input',
        'description=x',
      ],
      /input roleName is one of AWSServiceRoleForImageBuilder/,
    ],
    [
      'another service, to have its role made',
      ['run', 'create-service-linked-role', '--input', 'serviceName=batch.amazonaws.com'],
      /input serviceName is one of imagebuilder\.amazonaws\.com/,
    ],
    [
      'an unknown option',
      ['run', 'delete-service-linked-role', '--yess'],
      /run has no option --yess; did you mean --yes\?/,
    ],
    [
      'something that is no Region',
      ['run', 'delete-service-linked-role', '--region', 'Ireland'],
      /Ireland is not the name of a Region/,
    ],
    ['a folder', ['run', folder], /is not a file/],
  ];

  it.each(cases)('%s: a line that says what to type, exit 2, and no call', async (_, argv, message) => {
    const {code, said} = await typed(...argv);
    expect(said).toMatch(message);
    expect(said.trimEnd().split('\n').length).toBeLessThanOrEqual(2);
    expect(said).not.toMatch(/\n {4}at /);
    expect(code).toBe(2);
    expect(simulator.requests).toEqual([]);
  });

  it('a file that cannot be read', async () => {
    const {code, said} = await typed('run', '/proc/self/mem');
    expect(code).toBe(2);
    expect(said).toMatch(/handrail: |:1:1: /);
    expect(simulator.requests).toEqual([]);
  });

  it('a YAML error, with file, line and column', async () => {
    const file = runbookFile('broken.yaml', 'handrail: 1\nname: broken\ntitle: "unclosed\n');
    const {code, said} = await typed('run', file);
    expect(code).toBe(2);
    expect(said).toMatch(new RegExp(`^${file}:\\d+:\\d+: `));
    expect(simulator.requests).toEqual([]);
  });

  it('an operation that the service does not have, with the one that was meant', async () => {
    const file = runbookFile(
      'typo.yaml',
      'handrail: 1\nname: typo\ntitle: A typo\nsteps:\n  - id: role\n    title: Find\n    call: iam:GetRoel\n',
    );
    const {code, said} = await typed('run', file);
    expect(code).toBe(2);
    expect(said).toMatch(/typo\.yaml:7:11: .*did you mean iam:GetRole\?/);
    expect(simulator.requests).toEqual([]);
  });
});
