import {chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {packagedProgram, type Program} from './program.ts';

// An npm that puts the package where the real one would, and notes how it was called and where.
const folder = mkdtempSync(join(tmpdir(), 'handrail-clients-'));
const installed = join(import.meta.dirname, '../../node_modules/ecs-for-tests');
const npm = `#!/bin/sh
echo "$PWD $*" > '${folder}/called'
[ "$NPM_FAILS" ] && { echo 'npm error 404' >&2; exit 1; }
mkdir -p node_modules/@aws-sdk && ln -s '${installed}' node_modules/@aws-sdk/client-ecs
`;
const runbook = 'handrail: 1\nname: x\ntitle: X\nsteps: [{id: a, title: A, call: ecs:ListClusters}]\n';

let handrail: Program;
let data: string;
beforeAll(() => {
  handrail = packagedProgram();
  data = join(handrail.home, '.local/share/handrail/clients');
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin/npm'), npm);
  chmodSync(join(folder, 'bin/npm'), 0o755);
  writeFileSync(join(handrail.home, 'x.yaml'), runbook);
});
afterAll(() => rmSync(folder, {recursive: true}));

const withNpm = {PATH: `${folder}/bin:/usr/bin:/bin`};

describe('handrail clients', () => {
  it('adds a client where a runbook then finds it, says so first, and lists it', async () => {
    const before = await handrail.run(['check', 'x.yaml']);
    expect(before.out).toContain('handrail clients add ecs installs it');
    expect(before.code).toBe(2);

    const added = await handrail.run(['clients', 'add', 'ecs', 'events'], withNpm);
    expect(added).toMatchObject({code: 0, err: ''});
    expect(added.out).toContain(`Installs @aws-sdk/client-ecs into ${data}.`);
    expect(added.out).toContain('events is eventbridge to the AWS SDK');
    expect(added.out).toContain('eventbridge comes with Handrail');
    const called = readFileSync(join(folder, 'called'), 'utf8');
    expect(called).toMatch(/^\S+\/\.local\/share\/handrail\/clients install --ignore-scripts --save-exact /);
    expect(called).toContain('@aws-sdk/client-ecs@>=3.1000.0 <=3.');
    expect(called).not.toContain('eventbridge');

    expect(await handrail.run(['check', 'x.yaml'])).toMatchObject({code: 0, out: 'x.yaml: no problems\n'});
    const {out} = await handrail.run(['clients']);
    expect(out).toMatch(/^imagebuilder +comes with Handrail$/m);
    expect(out).toMatch(new RegExp(`^ecs +3\\.\\d+\\.\\d+ in ${data}/node_modules$`, 'm'));
  });

  it('names the folder of NODE_PATH that has a client, which goes first', async () => {
    const own = join(folder, 'own');
    mkdirSync(join(own, '@aws-sdk'), {recursive: true});
    symlinkSync(installed, join(own, '@aws-sdk/client-ecs'));
    const {out} = await handrail.run(['clients', '--json'], {NODE_PATH: own});
    const rows = JSON.parse(out) as readonly {service: string; folder: string | null}[];
    expect(rows.filter(({service}) => service === 'ecs').map((row) => row.folder)).toEqual([own]);
    expect(rows.find(({service}) => service === 'iam')?.folder).toBeNull();
  });

  it('takes no client from the folders above its own', async () => {
    const home = join(folder, 'home');
    mkdirSync(join(home, 'node_modules/@aws-sdk'), {recursive: true});
    symlinkSync(installed, join(home, 'node_modules/@aws-sdk/client-ecs'));
    const {out} = await handrail.run(['check', 'x.yaml'], {HOME: home});
    expect(out).toContain('@aws-sdk/client-ecs is not installed');
  });

  it.each([
    [['add', 'ecs'], {PATH: join(folder, 'none')}, 2, 'npm is not on the PATH'],
    [['add', 'ecs'], {...withNpm, NPM_FAILS: '1'}, 1, 'npm ended with code 1; it says why above'],
    [['add', 'dynamodbb'], withNpm, 2, 'did you mean dynamodb?'],
    [['add', '../x'], withNpm, 2, 'can be no client of the AWS SDK'],
    [['add'], withNpm, 2, 'name the services'],
    [['remove'], withNpm, 2, 'clients knows add, and no remove'],
  ])('%j with %j ends with %i and says %s', async (args, env, code, says) => {
    const ended = await handrail.run(['clients', ...args], env);
    expect(ended.code).toBe(code);
    expect(ended.err).toContain(says);
  });
});
