import {spawn} from 'node:child_process';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {commandTable} from '../../source/commands/command-table.ts';
import {startSimulator, type Simulator} from '../../source/simulator/server.ts';
import {twoRegions} from '../simulator/simulated-aws.ts';
import {wholeProgram} from '../support/whole-program.ts';
import {packagedProgram, type Ended, type Program} from './program.ts';

// Each command once, to its end, as it is shipped: what is loaded on request is there, and loads.
const role = 'delete-service-linked-role';
const pace = ['--input', 'pollSeconds=0.05', '--input', 'retryWaitSeconds=0.05'];
const yes = ['--yes', '--confirm', 'AWSServiceRoleForImageBuilder'];

const accounts = 'accounts.json';
const policy = 'team-policy.yaml';

/** An engine that is not there: test/host has one. */
const noEngine = ['--engine', 'http://127.0.0.1:65533'];

let handrail: Program;
let simulator: Simulator;
let env: NodeJS.ProcessEnv;
beforeAll(async () => {
  handrail = packagedProgram();
  simulator = await startSimulator({
    ...twoRegions,
    running: [],
    deletion: {...twoRegions.deletion, taskSeconds: 0},
  });
  mkdirSync(join(handrail.home, 'state'));
  // The caller's own account: it is entered without a role.
  writeFileSync(join(handrail.home, accounts), JSON.stringify({Accounts: [{Id: twoRegions.account.id}]}));
  writeFileSync(join(handrail.home, policy), 'policy: 1\nrequireTicket: CHG[0-9]+\n');
  env = {
    XDG_STATE_HOME: join(handrail.home, 'state'),
    AWS_ENDPOINT_URL: simulator.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'simulated',
    AWS_SECRET_ACCESS_KEY: 'simulated',
  };
});
afterAll(() => simulator.close());

interface Case {
  readonly args: readonly string[];
  readonly code?: number;
  readonly says: string | RegExp;
}

/** In an order in which each finds what it needs: `resume` goes on with the run that `run` left, and so on. */
const cases: Readonly<Record<string, readonly Case[] | 'until it is stopped'>> = {
  // demo.test.ts: it takes as long as it takes to watch.
  demo: [],
  run: [
    {args: [role, ...pace, '--plan'], says: 'would be made'},
    {args: [role, ...pace], code: 3, says: 'handrail resume'},
    {args: [role, '--policy', policy], code: 6, says: 'wants a ticket: --ticket ID'},
  ],
  list: [{args: [], says: /^delete-service-linked-role +Delete the Image Builder/m}],
  show: [{args: [role], says: 'undo calls iam:CreateServiceLinkedRole'}],
  resume: [{args: ['latest', ...yes], says: 'Done'}],
  runs: [
    {args: [], says: 'finished'},
    {args: ['--json'], says: '"finished"'},
  ],
  watch: [{args: ['nothing-of-that-name'], code: 2, says: 'nothing-of-that-name'}],
  approve: [{args: ['latest', '--yes'], code: 2, says: 'asks nothing now'}],
  undo: [{args: ['latest', '--plan'], says: 'would be'}],
  verify: [{args: ['latest'], says: 'each with the hash'}],
  check: [
    {args: [role], says: 'no problems'},
    {args: ['nothing-of-that-name.yaml'], code: 2, says: 'nothing-of-that-name.yaml'},
  ],
  test: [
    {
      args: [join(import.meta.dirname, '../../runbooks/tests/restore-schedules.test.yaml')],
      says: / passed$/m,
    },
    {args: ['--record', 'latest'], code: 2, says: 'no test can be made of it'},
  ],
  fmt: [{args: ['--check', join(import.meta.dirname, '../../runbooks/restore-schedules.yaml')], says: /^$/}],
  new: [
    {args: ['iam:ListRoles', 'iam:UpdateRole'], says: 'forEach: ${{ steps.roles.output }}'},
    {args: ['logs:DescribeLogGroups'], code: 2, says: 'did you mean cloudwatch-logs?'},
    {args: ['iam:ListRole'], code: 2, says: 'did you mean iam:ListRoles?'},
  ],
  // lsp.test.ts: it takes an editor.
  lsp: [{args: ['x'], code: 2, says: 'lsp takes no arguments'}],
  clients: [{args: [], says: /^eventbridge +comes with Handrail$/m}],
  schema: [
    {args: [], says: '"$schema"'},
    {args: ['--reference'], says: '# '},
    {args: ['--policy'], says: 'urn:handrail:policy:1'},
  ],
  permissions: [{args: [role], says: 'iam:DeleteServiceLinkedRole'}],
  simulate: 'until it is stopped',
  replay: [{args: ['latest'], says: 'nothing happens now'}],
  report: [
    {args: ['latest'], says: '# '},
    {args: ['latest', '--format', 'html'], says: '<!doctype html>'},
    {args: ['latest', '--format', 'json'], says: '"run'},
    {args: ['latest', '--format', 'cast'], says: '"version"'},
  ],
  fleet: [
    {args: ['accounts', '--accounts', accounts], says: '1 to visit, 0 left alone'},
    {args: [role, ...pace, '--accounts', accounts, '--plan'], says: 'fleet'},
    {args: ['report', '--format', 'csv'], says: /^account,name,ou,/m},
    {args: ['verify'], says: '1 of 1 as the fleet'},
    {args: ['resume'], code: 2, says: 'is over'},
  ],
  host: [
    {args: [], code: 2, says: 'name the engine'},
    {args: noEngine, code: 2, says: 'npm install --prefix'},
    {args: ['--engine', 'postgres://127.0.0.1/handrail'], code: 2, says: /npm install .* pg@/},
    {args: ['--engine', 'postgres://127.0.0.1'], code: 2, says: 'names no database'},
  ],
  submit: [{args: [role, ...noEngine], code: 1, says: 'no answer from the engine'}],
  attach: [{args: ['a-run', ...noEngine], code: 1, says: 'no answer from the engine'}],
  export: [{args: ['a-run', ...noEngine], code: 1, says: 'no answer from the engine'}],
  config: [{args: [], says: /^ {2}bell +on +by itself$/m}],
  licenses: [{args: [], says: /^ink \d+\.\d+\.\d+ \(MIT\)$/m}],
  completion: ['bash', 'zsh', 'fish'].map((shell) => ({args: [shell], says: role})),
};

it('has a case for every command', () => {
  expect(Object.keys(cases)).toEqual(commandTable.map(({name}) => name));
});

const here = Object.entries(cases).filter(([name]) => name !== 'demo');

describe.each(here)('handrail %s', (name, all) => {
  if (all === 'until it is stopped') {
    it('runs until it is stopped', async () => {
      const {out} = await untilSaid([name], 'http://127.0.0.1:');
      expect(out).toContain('AWS_ENDPOINT_URL');
    });
    return;
  }
  it.each(all)('$args', async ({args, code = 0, says}) => {
    const ended = await handrail.run([name, ...args], env);
    expect(ended.out + ended.err).toMatch(says);
    expect(ended.code).toBe(code);
    expect(ended.err).not.toMatch(/^ {4}at /m);
    // Neither colors nor a line that is drawn again belong in a pipe.
    expect(ended.out + ended.err).not.toContain('\u001B');
    expect(ended.out + ended.err).not.toMatch(/\r(?!\n)/);
  });
});

/** Ends a command with SIGTERM when it has said a text. */
function untilSaid(args: readonly string[], text: string): Promise<Pick<Ended, 'out'>> {
  const [file, ...options] = wholeProgram;
  const child = spawn(file, [...options, ...args], {
    env: {...env, PATH: '/usr/bin:/bin'},
    cwd: handrail.home,
  });
  let out = '';
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        out += chunk;
        if (out.includes(text)) child.kill('SIGTERM');
      });
    }
    child.once('error', reject);
    child.once('close', () => resolve({out}));
  });
}
