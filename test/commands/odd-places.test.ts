import {execFile, execFileSync} from 'node:child_process';
import {copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {createServer, type AddressInfo, type Server} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {startSimulator, type Simulator} from '../../source/simulator/server.ts';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {wholeProgram} from '../support/whole-program.ts';

let simulator: Simulator;
let taken: Server;
let folder: string;

beforeAll(async () => {
  simulator = await startSimulator(loadScenario('no-role'));
  taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  folder = mkdtempSync(join(tmpdir(), 'handrail-places-'));
  writeFileSync(join(folder, 'file'), '');
  mkdirSync(join(folder, 'folder.jsonl'));
  execFileSync('sh', ['-c', 'mkfifo "$0"', join(folder, 'pipe.yaml')]);
  writeFileSync(
    join(folder, 'includes-pipe.yaml'),
    'handrail: 1\nname: piped\ntitle: Piped\nsteps:\n  - include: pipe.yaml\n',
  );
  // A folder that stands where the newest journal would.
  mkdirSync(join(folder, 'state/handrail/20990101T000000Z-aaaa.jsonl'), {recursive: true});
  const relapse = join(import.meta.dirname, '../fixtures/relapse.jsonl');
  copyFileSync(relapse, join(folder, 'state/handrail/20261122-120000-k3v9.jsonl'));
});

afterAll(async () => {
  rmSync(folder, {recursive: true, force: true});
  taken.close();
  await simulator.close();
});

/** Runs Handrail with nobody to ask; a variable set to undefined is left out. */
function run(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<{code: unknown; said: string}> {
  const [program, ...words] = wholeProgram;
  const all = {
    ...process.env,
    AWS_ENDPOINT_URL: simulator.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'simulated',
    AWS_SECRET_ACCESS_KEY: 'simulated',
    XDG_STATE_HOME: join(folder, 'state'),
    ...env,
  };
  return new Promise((resolve) => {
    const options = {env: all, timeout: 200_000, killSignal: 'SIGKILL'} as const;
    const child = execFile(program, [...words, ...argv], options, (error, stdout, stderr) =>
      resolve({code: error === null ? 0 : (error.code ?? error.signal), said: stdout + stderr}),
    );
    child.stdin?.end();
  });
}

function expectLine({said}: {said: string}, words: RegExp): void {
  expect(said).toMatch(words);
  expect(said).not.toMatch(/\n +at /);
  expect(said.trimEnd().split('\n').length).toBeLessThanOrEqual(6);
}

const creating = ['run', 'create-service-linked-role', '--yes'];

describe('a place that cannot be used is said in a line', () => {
  it('a port in use', async () => {
    const {port} = taken.address() as AddressInfo;
    const ended = await run(['simulate', '--port', String(port)]);
    expectLine(ended, new RegExp(`^handrail: port ${port} is in use; leave --port out for a free one\n$`));
    expect(ended.code).toBe(2);
  });

  it.each([
    ['1.5', /--port takes a whole number from 0 to 65535, not 1\.5/],
    ['65536', /--port takes a whole number from 0 to 65535, not 65536/],
    ['1e3', /--port takes a whole number/],
    ['', /--port takes a whole number/],
  ])('the port %j', async (port, words) => {
    const ended = await run(['simulate', `--port=${port}`]);
    expectLine(ended, words);
    expect(ended.code).toBe(2);
  });

  it('a value that looks like an option', async () => {
    const ended = await run(['simulate', '--port', '-1']);
    expectLine(ended, /^handrail: Option '--port' argument is ambiguous; .*--help shows the options\n$/);
    expect(ended.code).toBe(2);
  });

  it('an unknown scenario, its list once', async () => {
    const {said} = await run(['simulate', 'nope']);
    expect(said.match(/there are/g)).toHaveLength(1);
  });

  it('a journal folder that is a file, or cannot be made', async () => {
    for (const state of [join(folder, 'file'), '/proc', '/dev/null']) {
      const ended = await run(creating, {XDG_STATE_HOME: state});
      expectLine(ended, /! Stopped: the journal folder .* cannot be made: E/);
      expect(ended.code).toBe(1);
    }
    expect(simulator.requests.map(({operation}) => operation)).not.toContain('CreateServiceLinkedRole');
  });

  it('a home that is none', async () => {
    for (const argv of [creating, ['runs'], ['resume'], ['replay', 'latest'], ['undo', 'latest']]) {
      const ended = await run(argv, {XDG_STATE_HOME: undefined, HOME: ''});
      expectLine(ended, /there is no home folder to keep journals in: set HOME or XDG_STATE_HOME/);
      expect(ended.code).toBe(1);
    }
  });

  it('a journal that cannot be read', async () => {
    for (const command of ['verify', 'replay', 'report', 'resume', 'undo']) {
      const ended = await run([command, 'latest']);
      expectLine(ended, /^handrail: the journal \S+aaaa\.jsonl cannot be read: EISDIR.*\n$/);
      expect(ended.code).toBe(1);
    }
    expectLine(
      await run(['verify', join(folder, 'folder.jsonl')]),
      /folder\.jsonl is not a file; name a journal file/,
    );
    expectLine(await run(['verify', '/dev/null']), /\/dev\/null is not a file; name a journal file/);
    const listed = await run(['runs']);
    expectLine(listed, /aaaa .*damaged/);
    expect(listed.said).toContain('20261122-120000-k3v9');
    expect(listed.code).toBe(0);
  });

  it('a report that cannot be written', async () => {
    for (const out of ['/nope/report.md', folder, '/dev/full', join(folder, 'file/report.md')]) {
      const ended = await run(['report', '20261122', '--out', out]);
      expectLine(ended, /^handrail: .* cannot be written: E[A-Z]+\n$/);
      expect(ended.code).toBe(2);
    }
  });

  it('a runbook that is a pipe or a device, a folder with one, and a runbook that includes it, without waiting for it', async () => {
    for (const file of [join(folder, 'pipe.yaml'), '/dev/zero', '/dev/stdin', '/dev/tty']) {
      const ended = await run(['check', file]);
      expectLine(ended, /is not a file; name a runbook or its file|there is no runbook and no file/);
      expect(ended.code).toBe(2);
    }
    for (const place of [join(folder, 'includes-pipe.yaml'), folder]) {
      const ended = await run(['check', place]);
      expectLine(ended, /includes-pipe\.yaml:5:\d+: .*pipe\.yaml.* is not a file/);
      expect(ended.code).toBe(2);
    }
  });

  it('a file to format or to test that is a pipe, a device or a folder', async () => {
    for (const file of [join(folder, 'pipe.yaml'), '/dev/zero', folder]) {
      expectLine(await run(['fmt', file]), /is not a file; name a runbook's file or a test file/);
    }
    expectLine(await run(['test', '/dev/zero']), /is not a file|cannot be read/);
    expectLine(await run(['test', folder]), /has no test files/);
  });

  it('arguments that a command does not take', async () => {
    for (const argv of [
      ['runs', 'x'],
      ['demo', 'x'],
      ['schema', 'x'],
      ['check', ''],
      ['run', ''],
    ]) {
      const ended = await run(argv);
      expectLine(ended, /^handrail: /);
      expect(ended.code).toBe(2);
    }
  });
});
