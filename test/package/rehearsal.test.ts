import {execFile, spawn} from 'node:child_process';
import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {describe, expect, it} from 'vitest';
import {wholeProgram} from '../support/whole-program.ts';

const [command, ...options] = wholeProgram;
const folder = mkdtempSync(join(tmpdir(), 'handrail-test-'));
const runbook = join(folder, 'roles.yaml');
const scenario = join(folder, 'roles.scenario.yaml');
writeFileSync(
  runbook,
  'handrail: 1\nname: roles\ntitle: Roles\nsteps:\n  - {id: roles, title: List roles, call: iam:ListRoles, output: "${{ Roles[].RoleName }}", summary: "${{ join(\', \', @) }}"}\n',
);
writeFileSync(
  scenario,
  'handrail: 1\nanswers:\n  iam:ListRoles:\n    - answer: {Roles: [{RoleName: kim, RoleId: A, Arn: "arn:aws:iam::123456789012:role/kim", Path: /, CreateDate: "2026-01-01T00:00:00Z"}]}\n',
);

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

function handrail(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const all = {...process.env, XDG_STATE_HOME: folder, HOME: folder, ...env};
    execFile(command, [...options, ...args], {env: all}, (error, stdout, stderr) =>
      resolve({code: error === null ? 0 : Number(error.code), output: stdout + stderr}),
    );
  });
}

describe('handrail simulate --for', () => {
  it('prints how to reach it, answers a run by the scenario, and ends when it is asked to', async () => {
    const server = spawn(command, [...options, 'simulate', scenario, '--for', runbook], {
      env: {...process.env, HOME: folder},
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise<number | null>((resolve) => server.once('exit', resolve));
    const exported: Record<string, string> = {};
    for await (const line of createInterface(server.stdout)) {
      for (const [, name = '', value = ''] of line.matchAll(/(AWS_\w+)=(\S+)/g)) exported[name] = value;
      if (exported['AWS_SECRET_ACCESS_KEY'] !== undefined) break;
    }
    expect(exported['AWS_ENDPOINT_URL']).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const run = await handrail(['run', runbook], exported);
    expect(run.output).toContain('kim');
    expect(run.code).toBe(0);
    server.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  it('says what is wrong with a scenario at its place, and what does not go with it', async () => {
    const wrong = join(folder, 'wrong.yaml');
    writeFileSync(wrong, 'handrail: 1\nanswers:\n  iam:ListRoles:\n    - answer: {Rolls: []}\n');
    expect(await handrail(['simulate', wrong, '--for', runbook])).toMatchObject({
      code: 2,
      output: expect.stringMatching(/wrong\.yaml:4:16: .*Rolls.*did you mean Roles\?/) as string,
    });
    expect(await handrail(['simulate', '--for', runbook, '--speed', '2'])).toMatchObject({
      code: 2,
      output: expect.stringContaining('--speed belongs to the simulated account, and not to --for') as string,
    });
  });
});
