import {expect, it, onTestFinished} from 'vitest';
import type {Event} from '../../source/engine/model/events.ts';
import {reportOf} from '../../source/report/build/fold.ts';
import {readJournal} from '../../source/journal/read.ts';
import type {Order} from '../../source/runs/order.ts';
import {execute} from '../../source/runs/start-run.ts';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import type {Scenario} from '../../source/simulator/scenario/schema.ts';
import {waitingFor} from '../../source/wording/waiting.ts';
import {simulatedAccount, type SimulatedAccount} from '../support/simulated-account.ts';
import {liveOrder} from '../support/live-order.ts';

async function accountWith(more: Partial<Scenario>): Promise<SimulatedAccount> {
  const account = await simulatedAccount({...loadScenario('calm'), ...more});
  onTestFinished(() => account.close());
  return account;
}

function orderFor(account: SimulatedAccount, calendars: readonly string[]): Order {
  return liveOrder(account, {gates: {calendars}});
}

const isChange = (event: Event): boolean => event.type === 'call-started' && event.effect === 'change';
const states = (events: readonly Event[]): readonly Extract<Event, {type: 'calendar-state'}>[] =>
  events.filter((event) => event.type === 'calendar-state');

it('waits while a change calendar of another account is CLOSED, and asks before each change once it is OPEN', async () => {
  const calendar = 'arn:aws:ssm:eu-west-1:999999999999:document/nights';
  const account = await accountWith({
    calendars: [
      {name: 'nights', account: '999999999999', region: 'eu-west-1', state: 'CLOSED', turnsAfter: [36_000]},
    ],
  });
  const {exitCode, view, closing} = await account.command(
    (around) => execute(orderFor(account, [calendar]), around),
    (state, events) => {
      for (const event of events) {
        if (event.type !== 'gate-closed') continue;
        expect(waitingFor(state, state.now).text).toMatch(
          /^Waiting for the change calendar nights: CLOSED until /,
        );
        account.clock.skip(event.until - account.clock.now());
      }
    },
  );
  expect(exitCode).toBe(0);
  const {events} = view;
  const told = states(events);
  expect(told[0]).toMatchObject({calendar, state: 'CLOSED'});
  const opening = told[0]?.nextTransitionTime ?? Infinity;
  expect(events.find(({type}) => type === 'gate-closed')).toMatchObject({calendar, until: opening});
  const steps = new Set(closing.state.steps.filter(({does}) => does === 'change').map(({id}) => id));
  for (const [index, event] of events.entries()) {
    if (event.type !== 'step-started' || !steps.has(event.step)) continue;
    expect(event.at).toBeGreaterThanOrEqual(opening);
    const last = states(events.slice(0, index)).at(-1);
    expect(last?.state).toBe('OPEN');
    expect(event.at - (last?.at ?? 0)).toBeLessThan(10_000);
  }
  expect(events.findIndex(isChange)).toBeGreaterThan(events.findIndex(({type}) => type === 'gate-opened'));
  expect(reportOf(readJournal(closing.journal ?? '')).run.calendars).toEqual([calendar]);
});

it.each([
  ['that may not be read', 'nights', 'denied', /denied by IAM.*it takes ssm:GetCalendarState/],
  ['that does not exist', 'other', 'invalid', /does not exist.*one of elsewhere by its ARN/],
])('changes nothing while a calendar is not known, %s', async (_, calendar, kind, words) => {
  const account = await accountWith({
    calendars: [{name: 'nights', state: 'OPEN', turnsAfter: []}],
    faults:
      kind === 'denied'
        ? [{service: 'ssm', operation: 'GetCalendarState', always: true, fault: 'accessDenied', seed: 1}]
        : [],
  });
  let waiting = '';
  const {exitCode, view} = await account.command(
    (around) => execute(orderFor(account, [calendar]), around),
    (state, events, stop) => {
      if (!events.some(({type}) => type === 'gate-closed')) return;
      const {text, because = ''} = waitingFor(state, state.now);
      waiting = `${text} ${because}`;
      stop();
    },
  );
  expect(exitCode).toBe(130);
  expect(view.events.some(isChange)).toBe(false);
  expect(states(view.events)).toMatchObject([{calendar, state: 'UNKNOWN', fault: {kind}}]);
  expect(waiting).toContain(`Waiting for the change calendar ${calendar}: UNKNOWN (counts as CLOSED): `);
  expect(waiting).toMatch(words);
});
