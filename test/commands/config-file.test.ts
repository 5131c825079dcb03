import {execFile} from 'node:child_process';
import {mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {readJournal} from '../../source/journal/read.ts';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {startSimulator, type Simulator} from '../../source/simulator/server.ts';
import {wholeProgram} from '../support/whole-program.ts';

let home: string;
let simulator: Simulator;
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'handrail-config-'));
  const calm = loadScenario('calm');
  // Time is real here: nothing is waited for but the deletion, and that is short.
  simulator = await startSimulator({...calm, running: [], deletion: {...calm.deletion, taskSeconds: 0.1}});
  mkdirSync(join(home, '.aws'));
  const keys = 'aws_access_key_id = simulated\naws_secret_access_key = simulated\n';
  writeFileSync(join(home, '.aws/credentials'), `[ops]\n${keys}`);
});
afterEach(async () => {
  await simulator.close();
  rmSync(home, {recursive: true, force: true});
});

function write(text: string): string {
  const folder = join(home, '.config/handrail');
  mkdirSync(folder, {recursive: true});
  writeFileSync(join(folder, 'config.yaml'), text);
  return join(folder, 'config.yaml');
}

interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function handrail(argv: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Said> {
  const [command, ...args] = wholeProgram;
  const {endpoint} = simulator;
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    ...more,
  };
  return new Promise((resolve) => {
    execFile(command, [...args, ...argv], {env}, (error, out, err) => {
      resolve({code: error === null ? 0 : Number(error.code), out, err});
    });
  });
}

const removal = ['run', 'delete-service-linked-role', '--input', 'pollSeconds=0.05'];

describe('the file of defaults', () => {
  it('is refused with line, column and the name that was meant, before anything is asked', async () => {
    const file = write('bell: off\nleaveOut:\n  - {region: me-*, raeson: closed}\n');
    const {code, out, err} = await handrail(removal);
    expect(err).toContain(`${file}:3:20: `);
    expect(err).toContain('did you mean reason?');
    expect(out).toBe('');
    expect(code).toBe(2);
    expect(simulator.requests).toEqual([]);
    expect((await handrail(['run', '--help'])).code).toBe(0);
  });

  it('gives a runbook its profile, says so, and a resumption keeps it', async () => {
    write('profiles: {delete-service-linked-role: ops}\nleaveOut: [{region: me-*, reason: closed}]\n');
    const begun = await handrail(removal);
    expect(begun.code).toBe(3);
    expect(begun.out).toContain('profile ops is used, by ~/.config/handrail/config.yaml');
    const [journal = ''] = readdirSync(join(home, '.local/state/handrail'));
    const {events} = readJournal(join(home, '.local/state/handrail', journal));
    expect(events[0]).toMatchObject({defaultProfile: 'ops'});
    write('profiles: {delete-service-linked-role: nobody}\n');
    const other = await handrail(removal);
    expect(other.out).toContain('profile nobody');
    expect(other.code).toBe(1);
    const answers = ['--yes', '--confirm', 'AWSServiceRoleForImageBuilder'];
    const resumed = await handrail(['resume', ...answers]);
    expect(resumed.out).toMatch(
      /Unknown +not checked, .* with ~\/\.config\/handrail\/config\.yaml \(closed\): me-/,
    );
    expect(resumed.code).toBe(0);
  });

  it('gives a fleet its profile and Regions, says so, and a resumption keeps both', async () => {
    write('profiles: {delete-service-linked-role: ops}\nleaveOut: [{region: me-*, reason: closed}]\n');
    writeFileSync(join(home, 'accounts.yaml'), "handrail: 1\naccounts: [{id: '123456789012'}]\n");
    const fleet = ['fleet', 'delete-service-linked-role', '--accounts', join(home, 'accounts.yaml')];
    const begun = await handrail([...fleet, '--input', 'pollSeconds=0.05']);
    expect(begun.out).toContain('! profile ops is used, by ~/.config/handrail/config.yaml');
    expect(begun.out).toMatch(/! me-\* is not checked in any account, by ~\/\S+config\.yaml: closed/);
    expect(begun.code).toBe(3);
    write('profiles: {delete-service-linked-role: nobody}\n');
    expect((await handrail(fleet)).out).toContain('there is no profile nobody');
    const confirm = ['--confirm', 'AWSServiceRoleForImageBuilder in 1 account'];
    const resumed = await handrail(['fleet', 'resume', 'latest', ...confirm]);
    expect(resumed.out).toContain('done');
    expect(resumed.code).toBe(0);
    expect(JSON.stringify(simulator.requests)).not.toMatch(/"me-(central|south)-1"/);
  });

  it('is outdone by the environment, and by an option', async () => {
    write('profiles: {delete-service-linked-role: nobody}\n');
    const keys = {AWS_ACCESS_KEY_ID: 'simulated', AWS_SECRET_ACCESS_KEY: 'simulated'};
    expect((await handrail([...removal, '--plan'], keys)).code).toBe(0);
    expect((await handrail([...removal, '--plan', '--profile', 'ops'])).code).toBe(0);
  });

  it('is shown by handrail config, with what outdoes it', async () => {
    const file = write(
      'bell: off\ncolor: never\nprofiles: {a: ops}\nleaveOut: [{region: me-*, reason: closed}]\n',
    );
    const {out} = await handrail(['config'], {AWS_PROFILE: 'mine', HANDRAIL_BELL: 'on'});
    expect(out.split('\n')).toEqual([
      `${file}:`,
      "  bell          on     HANDRAIL_BELL of the environment, which outdoes the file's off",
      '  color         never  the file',
      '  profile of a  ops    the file, outdone by AWS_PROFILE of the environment',
      '  left out      me-*   the file: closed',
      '',
    ]);
  });

  it('need not be there', async () => {
    const {code, out} = await handrail(['config'], {XDG_CONFIG_HOME: join(home, 'xdg')});
    expect(code).toBe(0);
    expect(out).toMatch(/^There is no \S+\/xdg\/handrail\/config\.yaml\.\n {2}bell +on +by itself\n/);
  });
});
