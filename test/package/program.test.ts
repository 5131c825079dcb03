import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeAll, describe, expect, it} from 'vitest';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {startSimulator} from '../../source/simulator/server.ts';
import {packagedProgram, type Program} from './program.ts';
import {behindProxy} from './tls-proxy.ts';

const keys = {AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'simulated', AWS_SECRET_ACCESS_KEY: 'simulated'};
const role = 'delete-service-linked-role';

describe('the packaged program', () => {
  let handrail: Program;
  beforeAll(() => {
    handrail = packagedProgram();
  });

  it('knows its version and its commands without the folders of the source', async () => {
    expect((await handrail.run(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
    const verbose = (await handrail.run(['--version', '--verbose'])).out;
    expect(verbose).toMatch(/^build +(bundle|executable)$/m);
    expect(verbose).toMatch(/^runtime +(Node\.js|Bun) \d/m);
    expect(verbose).toMatch(/^@aws-sdk\/client-imagebuilder +\d+\.\d+\.\d+$/m);
    const help = await handrail.run(['--help']);
    expect(help.code).toBe(0);
    for (const name of ['demo', 'run', 'resume', 'completion'])
      expect(help.out).toMatch(new RegExp(`^  ${name} `, 'm'));
    const ofOne = await handrail.run(['help', 'report']);
    expect(ofOne).toEqual(await handrail.run(['report', '--help']));
    expect(ofOne).toMatchObject({code: 0, out: expect.stringContaining('--format') as string});
  });

  it('refuses what it does not know, in a line and with exit code 2', async () => {
    expect(await handrail.run(['rnu'])).toMatchObject({
      code: 2,
      err: 'handrail: there is no command rnu; did you mean run?\n',
    });
    const runbook = await handrail.run(['run', 'nothing']);
    expect(runbook).toMatchObject({code: 2, out: ''});
    expect(runbook.err).toContain(role);
  });

  it('says where a runbook file is wrong', async () => {
    writeFileSync(join(handrail.home, 'wrong.yaml'), 'handrail: 1\nname: wrong\nstps: []\n');
    const {code, out, err} = await handrail.run(['check', 'wrong.yaml']);
    expect(code).toBe(2);
    expect(out + err).toMatch(/wrong\.yaml:3:1/);
  });

  it('lists no runs before the first', async () => {
    expect(await handrail.run(['runs'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('handrail demo'),
    });
  });

  it('looks at a whole account and changes nothing with --plan', async () => {
    const simulator = await startSimulator(loadScenario('calm'));
    const env = {...keys, AWS_ENDPOINT_URL: simulator.endpoint};
    const before = simulator.account();
    const {code, out} = await handrail.run(['run', role, '--plan'], env);
    expect(out).toContain('would be made');
    expect(code).toBe(0);
    expect(simulator.account()).toEqual(before);
    await simulator.close();
  });

  it('goes through a proxy and believes only the certificates it was given', async () => {
    const simulator = await startSimulator(loadScenario('no-role'));
    const proxy = await behindProxy(simulator.endpoint);
    try {
      const env = {...keys, AWS_ENDPOINT_URL: proxy.endpoint, HTTPS_PROXY: proxy.proxy};
      const stranger = await handrail.run(['run', role, '--plan'], env);
      expect(stranger.code).toBe(1);
      expect(simulator.requests).toHaveLength(0);
      const known = await handrail.run(['run', role, '--plan'], {...env, AWS_CA_BUNDLE: proxy.caBundle});
      expect(known.out + known.err).toContain('nothing to delete');
      expect(known.code).toBe(0);
      expect(proxy.tunnels()).toBeGreaterThan(0);
    } finally {
      proxy.close();
      await simulator.close();
    }
  });
});
