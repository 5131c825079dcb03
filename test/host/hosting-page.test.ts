import {spawn, type ChildProcessWithoutNullStreams} from 'node:child_process';
import {once} from 'node:events';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {simulatedCredentials} from '../../source/runs/simulated-credentials.ts';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {startSimulator, type Simulator} from '../../source/simulator/server.ts';
import {engineProgram} from '../support/engine-server.ts';
import {freePort} from '../support/free-port.ts';
import {typedUnder} from './typed-under.ts';
import {untilSaid} from '../support/until-said.ts';
import {wholeProgram} from '../support/whole-program.ts';

// What docs/hosting.md has a team type, in its order. Ports and folders are the test's own.
const root = join(import.meta.dirname, '../..');
const typed = typedUnder('From nothing to a shared run');

const folder = mkdtempSync(join(tmpdir(), 'handrail-hosting-'));
const children: ChildProcessWithoutNullStreams[] = [];
let simulator: Simulator;
let typing: (line: string) => ChildProcessWithoutNullStreams;

beforeAll(async () => {
  simulator = await startSimulator(loadScenario(join(import.meta.dirname, '../crash/one-region.yaml')));
  const [ingress, admin, worker, fabric] = await Promise.all([
    freePort(),
    freePort(),
    freePort(),
    freePort(),
  ]);
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const script = (name: string, command: readonly string[]): void =>
    writeFileSync(join(bin, name), `#!/bin/sh\nexec ${command.map((word) => `'${word}'`).join(' ')} "$@"\n`, {
      mode: 0o755,
    });
  script('handrail', wholeProgram);
  script('restate-server', [engineProgram()]);
  const env = {
    PATH: `${bin}:${process.env['PATH']}`,
    HOME: folder,
    // Stands in for what the page installs.
    NODE_PATH: join(root, 'node_modules'),
    RESTATE_INGRESS__BIND_PORT: String(ingress),
    RESTATE_ADMIN__BIND_PORT: String(admin),
    RESTATE_BIND_PORT: String(fabric),
    AWS_ENDPOINT_URL: simulator.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: simulatedCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: simulatedCredentials.secretAccessKey,
  };
  typing = (line) => {
    const own = line
      .replaceAll(':8080', `:${ingress}`)
      .replaceAll(':9070', `:${admin}`)
      .replaceAll(':9180', `:${worker}`)
      .replace('/var/lib/restate', join(folder, 'engine'));
    const child = spawn('/bin/sh', ['-c', own.replace(/^(?:[A-Z_]+=\S+ )*/, '$&exec ')], {
      env,
      stdio: 'pipe',
    });
    children.push(child);
    return child;
  };
});
afterAll(async () => {
  for (const child of children.toReversed()) child.kill('SIGKILL');
  await simulator.close();
  rmSync(folder, {recursive: true, force: true});
});

async function ended(line: string): Promise<{readonly status: number; readonly text: string}> {
  const child = typing(line);
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (text += String(chunk)));
  const [status] = (await once(child, 'close')) as [number];
  return {status, text};
}

it('the ten commands of the page take a team from nothing to a shared run', async () => {
  expect(typed.map((line) => /^(?:[A-Z_]+=\S+ )*(\S+ \S+)/.exec(line)?.[1])).toEqual([
    'npm install',
    'restate-server --bind-ip',
    'npm install',
    'handrail host',
    'curl -X',
    'handrail submit',
    'handrail runs',
    'handrail attach',
    'handrail export',
    'handrail verify',
  ]);
  const [installServer = '', server = '', installSdk = '', host = '', register = '', submit = '', ...rest] =
    typed;
  // They are installed here already: in the versions that the page names.
  const {devDependencies} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  for (const install of [installServer, installSdk]) {
    const [, name = '', version] = /(@restatedev\/\S+)@(\S+)$/.exec(install) ?? [];
    expect(devDependencies[name]).toBe(version);
  }
  await untilSaid(
    typing(server),
    (said) => /all roles|ingress.*(?:ready|listen)|is ready/i.test(said) || undefined,
  );
  await untilSaid(typing(host), (said) => said.includes('A worker listens') || undefined);
  const registered = await untilRegistered(register);
  expect(registered.text).toContain('handrail-run');

  const begun = await ended(submit);
  const [, run = ''] = /Run (\S+) has begun/.exec(begun.text) ?? [];
  expect(begun).toMatchObject({status: 0});
  for (const line of rest) {
    const {status, text} = await ended(line.replace('RUN', run));
    expect({line, status, text}).toMatchObject({status: 0});
    if (line.startsWith('handrail runs')) expect(text).toContain(run);
  }
  expect(simulator.requests.filter(({operation}) => operation.startsWith('Delete'))).toEqual([]);
});

/** The server's administration may need a moment more. */
async function untilRegistered(line: string): Promise<{readonly text: string}> {
  for (;;) {
    const {status, text} = await ended(line);
    if (status === 0 && text.includes('services')) return {text};
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
