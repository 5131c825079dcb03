import {execFile} from 'node:child_process';
import {chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {startSimulator, type Simulator} from '../../source/simulator/server.ts';
import {wholeProgram} from '../support/whole-program.ts';

let simulator: Simulator;
let home: string;

beforeAll(async () => {
  simulator = await startSimulator(loadScenario('calm'));
  home = mkdtempSync(join(tmpdir(), 'handrail-notify-'));
  program('tell', 'printf "%s\\n" "$#" "$@" >> "$HOME/words"; cat >> "$HOME/told"');
  program('hang', 'echo $$ >> "$HOME/hanging"; exec sleep 600');
  program('leaves', 'sleep 600 & echo $! >> "$HOME/hanging"');
  program('broken', 'echo "first line" >&2; echo "no such channel" >&2; exit 7');
});

afterAll(async () => {
  await simulator.close();
  rmSync(home, {recursive: true, force: true});
});

function program(name: string, script: string): void {
  writeFileSync(join(home, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(home, name), 0o755);
}

function handrail(...argv: readonly string[]): Promise<{code: number; out: string; err: string}> {
  const env = {
    PATH: `${home}:${process.env['PATH']}`,
    HOME: home,
    XDG_STATE_HOME: home,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'a-secret-of-the-account',
    AWS_ENDPOINT_URL: simulator.endpoint,
  };
  const [first = '', ...rest] = [...wholeProgram, ...argv];
  return new Promise((resolve) => {
    const child = execFile(first, rest, {env}, (error, out, err) =>
      resolve({code: error === null ? 0 : Number(error.code), out, err}),
    );
    child.stdin?.end();
  });
}

const remove = ['run', 'delete-service-linked-role'];

it('gives the command one line of JSON when the run is over, and the words as a shell would split them', async () => {
  const {code, err} = await handrail(...remove, '--notify-command', `tell 'on call' "a \\"b\\"" c\\ d $HOME`);
  expect(err).toBe('');
  expect(code).toBe(3);
  const told = readFileSync(join(home, 'told'), 'utf8');
  expect(told.trimEnd().split('\n')).toHaveLength(1);
  expect(JSON.parse(told)).toMatchObject({
    type: 'notice',
    kind: 'ended',
    status: 'needs-operator',
    runbook: 'delete-service-linked-role',
    account: '123456789012',
    text: expect.stringContaining('--yes') as string,
  });
  expect(told).not.toContain('a-secret');
  // No shell expands the last one.
  expect(readFileSync(join(home, 'words'), 'utf8')).toBe('4\non call\na "b"\nc d\n$HOME\n');
});

it('says that the command failed, and leaves the exit code to the run', async () => {
  const {code, err} = await handrail(...remove, '--notify-command', 'broken');
  expect(code).toBe(3);
  expect(err).toBe('handrail: --notify-command: broken failed once: it ended with 7 (no such channel)\n');
});

/** What these programs leave behind does not outlive the tests. */
afterAll(() => {
  if (!existsSync(join(home, 'hanging'))) return;
  for (const pid of readFileSync(join(home, 'hanging'), 'utf8').trim().split('\n')) process.kill(Number(pid));
});

it.each([
  ['that hangs', 'hang', 'handrail: --notify-command: hang is still under way after 5 s\n'],
  ['that leaves another one behind', 'leaves', ''],
])('is held up by no command %s: neither the run nor its end', async (_, name, said) => {
  const began = Date.now();
  const {code, out, err} = await handrail(...remove, '--notify-command', name);
  expect(err).toBe(said);
  expect(code).toBe(3);
  expect(out).toContain('answer it with --yes');
  // Far less than the command would take, however slow this machine is.
  expect(Date.now() - began).toBeLessThan(80_000);
});

it.each([
  ['nowhere -x', 'there is no program nowhere on the PATH'],
  ['/tmp', 'there is no program /tmp'],
  ["tell 'open", 'a quote or a backslash at its end is open'],
  ['tell \\', 'a quote or a backslash at its end is open'],
  ['  ', 'needs the name of a program'],
])('refuses %j before anything is sent', async (command, why) => {
  const before = simulator.requests.length;
  const {code, err} = await handrail(...remove, '--notify-command', command);
  expect(code).toBe(2);
  expect(err).toContain(why);
  expect(simulator.requests).toHaveLength(before);
  expect(existsSync(join(home, 'open'))).toBe(false);
});
