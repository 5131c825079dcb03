import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, it, onTestFinished} from 'vitest';
import {PolicyRefusal} from '../../source/cli/usage-error.ts';
import type {Event} from '../../source/engine/model/events.ts';
import {readJournal} from '../../source/journal/read.ts';
import {reportOf} from '../../source/report/build/fold.ts';
import {markdownOf} from '../../source/report/markdown/markdown.ts';
import {policiesFor, type FoundPolicy} from '../../source/runs/policy/find-policies.ts';
import {resume} from '../../source/runs/resume-run.ts';
import {execute} from '../../source/runs/start-run.ts';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {simulatedAccount, yesToAll, type SimulatedAccount} from '../support/simulated-account.ts';
import {liveOrder} from '../support/live-order.ts';

async function calmAccount(): Promise<SimulatedAccount> {
  const account = await simulatedAccount(loadScenario('calm'));
  onTestFinished(() => account.close());
  return account;
}

function policy(...lines: readonly string[]): readonly FoundPolicy[] {
  const home = mkdtempSync(join(tmpdir(), 'handrail-policy-'));
  const file = join(home, 'policy.yaml');
  writeFileSync(file, ['policy: 1', ...lines, ''].join('\n'));
  return policiesFor('', file, {HOME: home});
}

const isChange = (event: Event): boolean => event.type === 'call-started' && event.effect === 'change';

/** The time of day, by UTC. */
function time(at: number): string {
  return new Date(at).toISOString().slice(11, 16);
}

/** A window by UTC from some minutes after `now` on, for ten hours. */
function opensIn(minutes: number, now: number): string {
  const from = now + minutes * 60_000;
  return `${time(from)}/${time(from + 36_000_000)} UTC`;
}

it('has its hash in the first event and in the report, and so has there being none', async () => {
  const account = await calmAccount();
  for (const policies of [policy('maxAccounts: 3'), []]) {
    const {closing, view} = await account.command((around) =>
      execute(liveOrder(account, {policies, mode: 'plan'}), around),
    );
    const files = policies.map(({file, sha256}) => ({file, sha256}));
    expect(view.events[0]).toMatchObject({type: 'run-started', policy: {files}});
    const report = markdownOf(reportOf(readJournal(closing.journal ?? '')));
    expect(report).toContain(files[0] === undefined ? 'Policy: none was found' : files[0].sha256);
  }
});

it('refuses a forbidden account before a journal is there, and asks only who is calling', async () => {
  const account = await calmAccount();
  const policies = policy(`never: {accounts: ['${loadScenario('calm').account.id}']}`);
  const refused = await account.command((around) => execute(liveOrder(account, {policies}), around));
  expect(refused.exitCode).toBe(6);
  expect(refused.closing.error).toMatch(/the policy .*:2 forbids account \d{12}; nothing was changed/);
  expect(refused.closing.journal).toBeUndefined();
});

it('changes nothing in a Region that it forbids: the role stays, and the words name the policy', async () => {
  const account = await calmAccount();
  const policies = policy('never: {regions: [eu-central-*, me-*]}');
  const {exitCode, view} = await account.command((around) => execute(liveOrder(account, {policies}), around));
  expect(exitCode).toBe(4);
  const changed = view.events.filter(isChange).map((event) => ('region' in event ? event.region : undefined));
  expect(changed).not.toContain('eu-central-1');
  expect(changed).not.toContain(undefined);
  const failed = view.events.find((event) => event.type === 'step-failed' && event.region === 'eu-central-1');
  expect(failed).toMatchObject({
    fault: {message: expect.stringMatching(/the policy lets nothing be changed in eu-central-1$/)},
  });
});

it('lets changes wait for its window, and for the window that the operator gave', async () => {
  const account = await calmAccount();
  const now = account.clock.now();
  const policies = policy(`windows: ['${opensIn(20, now)}']`);
  const own = now + 40 * 60_000;
  const windows = [{from: time(own), to: time(own + 36_000_000), timeZone: 'UTC'}];
  const {exitCode, view, closing} = await account.command((around) =>
    execute(liveOrder(account, {policies, gates: {windows}}), around),
  );
  expect(exitCode).toBe(0);
  const closed = view.events.filter(({type}) => type === 'gate-closed');
  expect(closed).toHaveLength(1);
  expect(view.events.find(isChange)?.at).toBeGreaterThanOrEqual(Math.floor(own / 60_000) * 60_000);
  const report = markdownOf(reportOf(readJournal(closing.journal ?? '')));
  expect(report).toContain('UTC, and only in ');
  expect(report).toContain('UTC (the policy)');
});

it('counts when a run goes on, beside the one that it began under', async () => {
  const account = await calmAccount();
  const first = policy(`windows: ['${opensIn(30, account.clock.now())}']`);
  const begun = await account.command(
    (around) => execute(liveOrder(account, {policies: first}), around),
    (_, events, stop) => {
      if (events.some(({type}) => type === 'gate-closed')) stop();
    },
  );
  expect(begun.exitCode).toBe(130);
  const file = begun.closing.journal ?? '';
  const goOn = (policies: readonly FoundPolicy[]) =>
    account.command((around) =>
      resume({file, connection: account.connection, answers: yesToAll, policies: () => policies}, around),
    );
  await expect(goOn(policy('requireTicket: ".+"'))).rejects.toThrow(PolicyRefusal);
  const second = policy('never: {regions: [me-*]}');
  const {exitCode, view, closing} = await goOn(second);
  expect(exitCode).toBe(0);
  expect(view.events.find(isChange)?.at).toBeGreaterThanOrEqual(
    (begun.view.events.find(({type}) => type === 'gate-closed') as {until?: number}).until ?? Infinity,
  );
  expect(closing.state.policy?.files.map(({sha256}) => sha256)).toEqual(
    [...first, ...second].map(({sha256}) => sha256),
  );
  const {run} = reportOf(readJournal(file));
  expect(run.policy).toHaveLength(2);
});
