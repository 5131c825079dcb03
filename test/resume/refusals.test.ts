import {cpSync, mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, describe, expect, it} from 'vitest';
import {startSimulator} from '../../source/simulator/server.ts';
import {openGate} from '../crash/gate.ts';
import {openBench, type Bench, type Manner} from './cut-off.ts';
import {oneRegion} from './one-region.ts';

let bench: Bench;
afterEach(() => bench.close());

const untilAgreed: Manner = {
  published: ({question}, _events, hands) => {
    if (question !== undefined) hands.stop();
  },
};

/** The journal must not have grown by a refusal. */
async function expectNothingDone(act: () => Promise<void>): Promise<void> {
  const {length} = bench.events();
  await act();
  expect(bench.events()).toHaveLength(length);
}

describe('resuming refuses, saying which,', () => {
  it('when the credentials are for another account', async () => {
    bench = await openBench(oneRegion());
    await bench.begin(untilAgreed);
    const {account} = oneRegion();
    const other = await startSimulator(oneRegion({account: {...account, id: '999988887777'}}));
    bench.gate.target = other.endpoint;
    await expectNothingDone(async () => {
      const {exitCode, closing} = await bench.goOn();
      expect(exitCode).toBe(2);
      expect(closing.error).toMatch(/the run is for account 123456789012, .* for 999988887777/);
      expect(other.requests.map(({operation}) => operation).toSorted()).toEqual([
        'GetCallerIdentity',
        'ListAccountAliases',
      ]);
    });
    await other.close();
  });

  it('when requests would go to another endpoint', async () => {
    bench = await openBench(oneRegion());
    await bench.begin(untilAgreed);
    const other = await openGate(bench.account.simulator.endpoint);
    await expectNothingDone(async () => {
      const {exitCode, closing} = await bench.goOn({}, {endpoint: other.endpoint});
      expect(exitCode).toBe(2);
      expect(closing.error).toContain(
        `went to ${new URL(bench.gate.endpoint).host}, and now would to ${new URL(other.endpoint).host}`,
      );
    });
    await other.close();
  });

  it('when the runbook is not what it was, and goes on once it is again', async () => {
    bench = await openBench(oneRegion());
    const folder = mkdtempSync(join(tmpdir(), 'handrail-runbook-'));
    cpSync(join(import.meta.dirname, '../../runbooks'), folder, {recursive: true});
    const runbook = join(folder, 'delete-service-linked-role.yaml');
    const text = readFileSync(runbook, 'utf8');
    await bench.begin(untilAgreed, {runbook});
    writeFileSync(runbook, `${text}\n# touched\n`);
    await expectNothingDone(async () => {
      await expect(bench.goOn()).rejects.toThrow(`${runbook} has changed since the run began`);
    });
    writeFileSync(runbook, text);
    expect(await bench.goOn()).toMatchObject({exitCode: 0});
  });

  it('when the run is over', async () => {
    bench = await openBench(oneRegion());
    expect(await bench.begin()).toMatchObject({exitCode: 0});
    await expectNothingDone(async () => {
      await expect(bench.goOn()).rejects.toThrow(/is over \(done\): there is nothing to go on with/);
    });
  });
});
