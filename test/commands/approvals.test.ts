import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, it, onTestFinished} from 'vitest';
import type {Event} from '../../source/engine/model/events.ts';
import {readJournal} from '../../source/journal/read.ts';
import {reportOf} from '../../source/report/build/fold.ts';
import {markdownOf} from '../../source/report/markdown/markdown.ts';
import {canonical, type ApprovalBody} from '../../source/runs/approvals/approval.ts';
import {fateOf, leave} from '../../source/runs/approvals/inbox.ts';
import {openQuestion} from '../../source/runs/approvals/open-question.ts';
import type {Order} from '../../source/runs/order.ts';
import {policiesFor} from '../../source/runs/policy/find-policies.ts';
import {resume} from '../../source/runs/resume-run.ts';
import {execute} from '../../source/runs/start-run.ts';
import {createNarrator} from '../../source/wording/narrate/narrate.ts';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import type {Scenario} from '../../source/simulator/scenario/schema.ts';
import {
  simulatedAccount,
  type Outcome,
  type Published,
  type SimulatedAccount,
} from '../support/simulated-account.ts';
import {liveOrder} from '../support/live-order.ts';

const role = 'AWSServiceRoleForImageBuilder';
/** What the caller says in advance. */
const kim = {yes: true, confirm: [role], everything: false, waive: []};
const silent = {yes: false, confirm: [], everything: false, waive: []};

async function accountWith(scenario: Scenario): Promise<SimulatedAccount> {
  const account = await simulatedAccount(scenario);
  onTestFinished(() => account.close());
  return account;
}

function orderFor(account: SimulatedAccount, policy: string, more: Partial<Order> = {}): Order {
  const home = mkdtempSync(join(tmpdir(), 'handrail-policy-'));
  const file = join(home, 'policy.yaml');
  writeFileSync(file, `policy: 1\n${policy}\n`);
  return liveOrder(account, {
    answers: kim,
    policies: policiesFor('', file, {HOME: home}),
    ...more,
  });
}

type Of<T extends Event['type']> = Extract<Event, {type: T}>;
const all = <T extends Event['type']>({view}: Outcome, type: T): readonly Of<T>[] =>
  view.events.filter((event): event is Of<T> => event.type === type);

const journalOf = (account: SimulatedAccount, run: string): string =>
  join(account.stateHome, 'handrail', `${run}.jsonl`);

/** Leaves a person's approval of what the run asks now. */
function approve(file: string, by: string, more: Partial<ApprovalBody> = {}): string {
  const {body, question} = openQuestion(file);
  const typed = question.kind === 'type-text' ? {typed: question.typeToConfirm} : {};
  return leave(file, {by, body: canonical({...body, ...typed, ...more})});
}

/** Calls `each` whenever the run asks, and after each approval that left the question open. */
function whenAsked(account: SimulatedAccount, each: (file: string, given: number) => void): Published {
  return (state, events) => {
    if (!events.some(({type}) => type === 'asked' || type === 'approved')) return;
    if (state.question?.approvals === undefined) return;
    each(journalOf(account, state.started?.run ?? ''), state.question.approvals.given.length);
  };
}

it('makes no change before a second person has approved just these changes', async () => {
  const account = await accountWith(loadScenario('calm'));
  const outcome = await account.command(
    (around) => execute(orderFor(account, 'approvals: 2'), around),
    whenAsked(account, (file, given) => {
      if (given === 1) approve(file, 'ops/lee');
    }),
  );
  expect(outcome.exitCode).toBe(0);
  const approved = all(outcome, 'approved');
  expect(approved.map(({by, number, needed}) => `${by} ${number}/${needed}`)).toEqual([
    'ops/kim with --yes 1/2',
    'ops/lee 2/2',
    'ops/kim with --confirm 1/2',
    'ops/lee 2/2',
  ]);
  expect(approved.map(({head}) => head !== undefined)).toEqual([false, true, false, true]);
  expect(approved[1]?.digest).toBe(approved[0]?.digest);
  expect(all(outcome, 'answered').map(({by}) => by)).toEqual([
    'ops/kim with --yes, ops/lee',
    'ops/kim with --confirm, ops/lee',
  ]);
  const second = outcome.view.events.findIndex((event) => event.type === 'approved' && event.number === 2);
  const change = outcome.view.events.findIndex(
    (event) => event.type === 'call-started' && event.effect === 'change',
  );
  expect(second).toBeLessThan(change);
  const report = reportOf(readJournal(outcome.closing.journal ?? ''));
  expect(report.confirmations.map(({approvals}) => approvals?.given.map(({by}) => by))).toEqual([
    ['ops/kim with --yes', 'ops/lee'],
    ['ops/kim with --confirm', 'ops/lee'],
  ]);
  expect(markdownOf(report)).toMatch(/Approvals wanted: 2; given: 2/);
});

it('refuses, with the reason, what does not approve just this: the run waits on', async () => {
  const account = await accountWith(loadScenario('calm'));
  const left: [string, string, string][] = [];
  const outcome = await account.command(
    (around) => execute(orderFor(account, 'approvals: 2\nnotCaller: true'), around),
    whenAsked(account, (file, given) => {
      const put = (by: string, more: Partial<ApprovalBody> = {}): void =>
        void left.push([file, approve(file, by, more), JSON.stringify([by, more])]);
      if (left.length === 0) {
        put('user/Kim');
        put('kim@example.com');
        put('ops/lee', {digest: 'f0'.repeat(32)});
        put('ops/lee', {changes: 1});
        put('ops/lee', {head: 'f0'.repeat(32)});
        put('ops/lee', {run: 'another'});
        put('ops/lee', {step: 'consent'});
        leave(file, {by: 'ops/lee', body: '{}'});
        approve(file, 'ops/lee');
      } else if (given === 0) {
        put('ops/lee', {typed: 'something'});
        approve(file, 'ops/lee');
      } else {
        put('other/LEE');
        approve(file, 'ops/sam');
      }
    }),
  );
  expect(outcome.exitCode).toBe(0);
  expect(all(outcome, 'approved').map(({by}) => by)).toEqual(['ops/lee', 'ops/sam', 'ops/lee', 'ops/sam']);
  const refused = left.map(([file, name]) => fateOf(file, name));
  for (const [at, words] of [
    [0, 'user/Kim started or resumed the run, and does not count'],
    [1, 'kim@example.com started or resumed the run, and does not count'],
    [2, 'the changes are others by now: it is void'],
    [3, 'it says 1 changes, and there are'],
    [4, 'the journal has no such moment'],
    [5, 'it is for run another'],
    [6, 'it is for step consent, and step approve asks now'],
  ] as const) {
    expect(refused[at]).toMatchObject({refused: expect.stringContaining(words)});
  }
  const later = refused.slice(7).map((fate) => (typeof fate === 'string' ? fate : fate.refused));
  expect(later).toContain('other/LEE approved already: another person has to');
  expect(later).toContain(`it does not have the text that is to be typed, ${role}`);
});

/** A run that was left after the first approval of two. */
async function leftAfterOne(account: SimulatedAccount): Promise<Outcome> {
  const outcome = await account.command(
    (around) => execute(orderFor(account, 'approvals: 2'), around),
    (_, events, stop) => {
      if (events.some(({type}) => type === 'approved')) stop();
    },
  );
  expect(outcome.exitCode).toBe(130);
  return outcome;
}

it('keeps the approvals of a plan that is the same when the run goes on', async () => {
  const account = await accountWith(loadScenario('calm'));
  const file = (await leftAfterOne(account)).closing.journal ?? '';
  // It may be given while nobody runs the run.
  approve(file, 'ops/lee');
  const outcome = await account.command(
    (around) => resume({file, connection: account.connection, answers: silent}, around),
    (_, events, stop) => {
      if (events.some(({type}) => type === 'answered')) stop();
    },
  );
  expect(all(outcome, 'approved').map(({by, number}) => `${by} ${number}`)).toEqual([
    'ops/kim with --yes 1',
    'ops/lee 2',
  ]);
  expect(all(outcome, 'answered').map(({by}) => by)).toEqual(['ops/kim with --yes, ops/lee']);
});

it('voids the first approval when the plan has changed before the second', async () => {
  const account = await accountWith({
    ...loadScenario('calm'),
    surprises: [
      {upon: 'iam:GetRole', nth: 2, startBuild: {region: 'eu-west-2', name: 'night', version: '1.0.0'}},
    ],
  });
  const file = (await leftAfterOne(account)).closing.journal ?? '';
  const early = approve(file, 'ops/lee');
  account.clock.skip(60_000);
  const given: number[] = [];
  let goesOn = false;
  const outcome = await account.command(
    (around) => resume({file, connection: account.connection, answers: silent}, around),
    (state, events, stop) => {
      // What happened before is shown first.
      goesOn ||= events.some(({type}) => type === 'resumed');
      if (!goesOn) return;
      if (events.some(({type}) => type === 'answered')) return stop();
      if (!events.some(({type}) => type === 'asked' || type === 'approved')) return;
      given.push(state.question?.approvals?.given.length ?? -1);
      approve(file, given.length === 1 ? 'ops/sam' : 'ops/lee');
    },
  );
  expect(given).toEqual([0, 1]);
  const asked = all(outcome, 'asked').at(-1);
  expect(asked?.question).toMatchObject({approvals: {given: [], lapsed: [{by: 'ops/kim with --yes'}]}});
  const narrate = createNarrator();
  const said = outcome.view.events.flatMap((event) => narrate(event, outcome.closing.state.steps));
  expect(said.map(({text}) => text)).toContain(
    'The approval of ops/kim with --yes is void: the changes were others then.',
  );
  expect(fateOf(file, early)).toEqual({refused: 'the changes are others by now: it is void'});
  const approved = all(outcome, 'approved');
  expect(approved.map(({by, number}) => `${by} ${number}`)).toEqual([
    'ops/kim with --yes 1',
    'ops/sam 1',
    'ops/lee 2',
  ]);
  expect(approved[1]?.digest).not.toBe(approved[0]?.digest);
  expect(all(outcome, 'answered').map(({by}) => by)).toEqual(['ops/sam, ops/lee']);
});
