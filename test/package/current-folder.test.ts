import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {startSimulator} from '../../source/simulator/server.ts';
import {packagedProgram, type Program} from './program.ts';

// What somebody else has left in the folder that Handrail is started in: a shared /tmp, a repository just cloned.
const folder = mkdtempSync(join(tmpdir(), 'handrail-stranger-'));
const canary = 'CODE OF THE CURRENT FOLDER RAN';
const code = `process.stdout.write('${canary}\\n'); module.exports = {};\n`;
const left = {
  'preload.js': code,
  'bunfig.toml': 'preload = ["./preload.js"]\n',
  'tsconfig.json': '{"compilerOptions": {"paths": {"@aws-sdk/client-sns": ["./preload.js"]}}}',
  'package.json': '{"name": "@aws-sdk/client-sns", "exports": "./preload.js"}',
  'node_modules/@aws-sdk/client-sns/index.js': code,
  'node_modules/@aws-sdk/client-sns/package.json': '{"main": "index.js"}',
  'node_modules/@aws-sdk/client-sqs/index.js': code,
  'events.yaml':
    'handrail: 1\nname: x\ntitle: X\nsteps: [{id: a, title: A, call: sqs:ListQueues}, {id: b, title: B, call: sns:ListTopics}]\n',
};

function leave(name: string, text: string): void {
  const file = join(folder, name);
  mkdirSync(dirname(file), {recursive: true});
  writeFileSync(file, text);
}

let handrail: Program;
beforeAll(() => {
  for (const [name, text] of Object.entries(left)) leave(name, text);
  handrail = packagedProgram();
});
afterAll(() => rmSync(folder, {recursive: true}));

it('runs no code that lies in the current folder', async () => {
  const runs = [['--version'], ['check', 'delete-service-linked-role'], ['check', 'events.yaml']];
  const ended = await Promise.all(runs.map((args) => handrail.run(args, {}, folder)));
  expect(ended.map(({out, err}) => out + err).join('')).not.toContain(canary);
  expect(ended.map(({code: status}) => status)).toEqual([0, 0, 2]);
  expect(ended[2]?.out).toContain('@aws-sdk/client-sqs is not installed');
});

it('takes no variables from a .env in the current folder', async () => {
  const simulator = await startSimulator(loadScenario('no-role'));
  leave('.env', `AWS_ENDPOINT_URL=${simulator.endpoint}\n`);
  const env = {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'simulated',
    AWS_SECRET_ACCESS_KEY: 'simulated',
    // Where AWS itself would be asked, nobody is.
    HTTPS_PROXY: 'http://127.0.0.1:9',
  };
  try {
    const args = ['run', 'inspect-service-linked-role', '--plan', '--max-attempts', '1'];
    expect((await handrail.run(args, env, folder)).code).toBe(1);
    expect(simulator.requests).toEqual([]);
  } finally {
    await simulator.close();
  }
});
