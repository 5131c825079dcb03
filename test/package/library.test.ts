import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeAll, describe, expect, it} from 'vitest';
import {shippedServices} from '../../source/aws/catalogue/sdk-service.ts';
import {libraryRunbooks, shippedRunbooks} from '../../source/runs/runbooks/shipped-files.ts';
import {serviceClients} from '../support/service-clients.ts';
import {packagedProgram, type Program} from './program.ts';

const root = join(import.meta.dirname, '../..');
const tests = join(root, 'runbooks/tests');
const library = libraryRunbooks();
const shipped = shippedServices();

let handrail: Program;
let clients: string;
beforeAll(() => {
  handrail = packagedProgram();
  clients = serviceClients();
});

describe('the shipped runbooks', () => {
  it('have a test file each', () => {
    const tested = readdirSync(tests).flatMap((name) => /^(.*)\.test\.yaml$/.exec(name)?.[1] ?? []);
    expect(tested.toSorted()).toEqual([...shippedRunbooks(), ...library].toSorted());
  });

  it('pass their tests, without a network and without credentials', async () => {
    const {code, out, err} = await handrail.run(['test', tests], {
      NODE_PATH: clients,
      AWS_EC2_METADATA_DISABLED: 'true',
    });
    expect(err).toBe('');
    expect(out).not.toContain('✗');
    expect(out).toMatch(/^\d+ passed$/m);
    expect(code).toBe(0);
  });
});

describe('the library', () => {
  it('passes a strict check, each runbook by its name', async () => {
    const {code, out} = await handrail.run(['check', '--strict', ...library], {NODE_PATH: clients});
    expect(out.split('\n').filter((line) => line !== '')).toEqual(
      library.map((name) => `${name}: no problems`),
    );
    expect(code).toBe(0);
  });

  it('says once which client is not installed, and how to install it', async () => {
    const {code, err} = await handrail.run(['run', 'delete-elb-service-linked-role']);
    expect(err.match(/the package @aws-sdk\/client-elastic-load-balancing is not installed/g)).toHaveLength(
      1,
    );
    expect(
      err.match(/the package @aws-sdk\/client-elastic-load-balancing-v2 is not installed/g),
    ).toHaveLength(1);
    expect(err).toContain('handrail clients add elastic-load-balancing installs it');
    expect(code).toBe(2);
  });

  it('is in the list, and its page has a row for each runbook with the clients that it needs', async () => {
    const {out} = await handrail.run(['list']);
    const page = readFileSync(join(root, 'docs/library.md'), 'utf8');
    for (const name of library) {
      expect(out).toContain(name);
      const text = readFileSync(join(root, 'runbooks/library', `${name}.yaml`), 'utf8');
      const services = [...text.matchAll(/\b(?:call|read|write): ([a-z0-9-]+):/g)].map(
        ([, service]) => service,
      );
      const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\``)) ?? '';
      const needed = [...new Set(services)].filter((service) => !shipped.includes(service ?? '')).toSorted();
      expect([...row.matchAll(/`@aws-sdk\/client-([a-z0-9-]+)`/g)].map(([, one]) => one).toSorted()).toEqual(
        needed,
      );
    }
  });
});
