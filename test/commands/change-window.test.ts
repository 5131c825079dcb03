import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, it, onTestFinished} from 'vitest';
import {sha256} from '../../source/data/sha256.ts';
import {readJournal} from '../../source/journal/read.ts';
import {reportOf} from '../../source/report/build/fold.ts';
import {markdownOf} from '../../source/report/markdown/markdown.ts';
import {givenWindow} from '../../source/runs/gates/given-window.ts';
import {execute} from '../../source/runs/start-run.ts';
import {resume} from '../../source/runs/resume-run.ts';
import type {Event} from '../../source/engine/model/events.ts';
import type {HoursWindow} from '../../source/engine/model/happenings/gate.ts';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import type {Scenario} from '../../source/simulator/scenario/schema.ts';
import {simulatedAccount, yesToAll, type SimulatedAccount} from '../support/simulated-account.ts';
import {liveOrder} from '../support/live-order.ts';

async function accountWith(scenario: Scenario): Promise<SimulatedAccount> {
  const account = await simulatedAccount(scenario);
  onTestFinished(() => account.close());
  return account;
}

const clockTime = (at: number): string => new Date(at).toISOString().slice(11, 16);

/** Hours until a window opens: more than a minute of a test's time, and the clock is moved when the run waits. */
const farOff = 10;

/** A window that opens some hours after now, for ten hours. */
function opensIn(hours: number, now: number): HoursWindow {
  const from = now + hours * 3_600_000;
  return {from: clockTime(from), to: clockTime(from + 36_000_000), timeZone: 'UTC'};
}

const changes = ({type, ...event}: Event): boolean =>
  type === 'call-started' && (event as {effect?: string}).effect === 'change';
/** Moves the clock to the opening that a run waits for. What happened before is shown again on a resume. */
function skipping({clock}: SimulatedAccount): (state: unknown, events: readonly Event[]) => void {
  const since = clock.now();
  return (_, events) => {
    for (const event of events)
      if (event.type === 'gate-closed' && event.at >= since) clock.skip(event.until - clock.now());
  };
}

const typed = (events: readonly Event[], type: Event['type']): readonly Event[] =>
  events.filter((event) => event.type === type);

it('changes nothing before the window opens, and looks everywhere again first', async () => {
  const account = await accountWith(loadScenario('calm'));
  const windows = [opensIn(farOff, account.clock.now())];
  const {exitCode, view} = await account.command(
    (around) => execute(liveOrder(account, {gates: {windows, ticket: 'CHG1'}}), around),
    skipping(account),
  );
  expect(exitCode).toBe(0);
  const {events} = view;
  const closed = typed(events, 'gate-closed');
  expect(closed).toHaveLength(1);
  const until = (closed[0] as {until: number}).until;
  const opened = events.findIndex(({type}) => type === 'gate-opened');
  const first = events.findIndex(changes);
  expect(events[first]?.at).toBeGreaterThanOrEqual(until);
  const again = events
    .slice(opened, first)
    .flatMap((event) => (event.type === 'call-started' ? [`${event.region} ${event.operation}`] : []));
  for (const region of ['eu-central-1', 'us-east-1', 'eu-west-2'])
    expect(again).toContain(`${region} imagebuilder:ListImagePipelines`);
  // The decision stands: it is about the same changes.
  expect(typed(events, 'asked')).toHaveLength(2);
});

it('asks again for a build that began while the window was closed', async () => {
  const account = await accountWith({
    ...loadScenario('calm'),
    surprises: [
      {
        upon: 'iam:GetRole',
        nth: 2,
        startBuild: {region: 'eu-west-2', name: 'night', version: '1.0.0'},
      },
    ],
  });
  const windows = [opensIn(farOff, account.clock.now())];
  const {exitCode, view} = await account.command(
    (around) => execute(liveOrder(account, {gates: {windows}}), around),
    skipping(account),
  );
  expect(exitCode).toBe(0);
  const asked = typed(view.events, 'asked') as readonly Extract<Event, {type: 'asked'}>[];
  const night = (event: (typeof asked)[number]): boolean =>
    event.question.changes.some(({target}) => target.includes('/night/'));
  expect(asked.map(night)).toEqual([false, true, false]);
  expect(asked.map(({question}) => question.step)).toEqual(['approve', 'approve', 'consent']);
});

/** A calendar with one event, which begins at a time (ms since the epoch), for ten hours. */
function eventAt(from: number): string {
  const start = new Date(from).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return `BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:${start}\nDURATION:PT10H\nEND:VEVENT\nEND:VCALENDAR\n`;
}

it('keeps to a calendar, and says on resume that its file has changed', async () => {
  const account = await accountWith(loadScenario('calm'));
  const file = join(mkdtempSync(join(tmpdir(), 'handrail-calendar-')), 'nights.ics');
  const now = Math.floor(account.clock.now() / 1000) * 1000;
  const [late, early] = [now + 3 * farOff * 3_600_000, now + 2 * farOff * 3_600_000];
  writeFileSync(file, eventAt(late));
  const windows = [givenWindow(file, '/', now)];
  const first = await account.command(
    (around) => execute(liveOrder(account, {gates: {windows}}), around),
    (_, events, stop) => {
      if (events.some(({type}) => type === 'gate-closed')) stop();
    },
  );
  expect(first.exitCode).toBe(130);
  expect(typed(first.view.events, 'gate-closed')).toMatchObject([{until: late}]);
  const [started] = typed(first.view.events, 'run-started') as readonly Extract<
    Event,
    {type: 'run-started'}
  >[];
  expect(started?.gates?.windows).toMatchObject([{calendar: file, sha256: sha256(readFileSync(file))}]);
  writeFileSync(file, eventAt(early));
  const journal = first.closing.journal ?? '';
  const second = await account.command(
    (around) => resume({file: journal, connection: account.connection, answers: yesToAll}, around),
    skipping(account),
  );
  expect(second.exitCode).toBe(0);
  const change = second.view.events.find(changes)?.at ?? 0;
  expect(change).toBeGreaterThanOrEqual(early);
  expect(change).toBeLessThan(late);
  expect(typed(second.view.events, 'resumed')).toMatchObject([{changedCalendars: [file]}]);
  expect(second.view.openings).toContain(
    'nights.ics has changed since it began: the calendar holds as it is now',
  );
  expect(markdownOf(reportOf(readJournal(journal)))).toContain(
    `nights.ics, SHA-256 ${sha256(readFileSync(file)).slice(0, 12)}`,
  );
});

it('does not wait when it is overridden, and keeps who said so and why, over a resume too', async () => {
  const account = await accountWith(loadScenario('calm'));
  const windows = [opensIn(farOff, account.clock.now())];
  const first = await account.command(
    (around) => execute(liveOrder(account, {gates: {windows}}), around),
    (_, events, stop) => {
      if (events.some(({type}) => type === 'gate-closed')) stop();
    },
  );
  expect(first.exitCode).toBe(130);
  expect(first.view.events.some(changes)).toBe(false);
  const second = await account.command((around) =>
    resume(
      {
        file: first.closing.journal ?? '',
        connection: account.connection,
        answers: yesToAll,
        override: 'an outage, INC7',
      },
      around,
    ),
  );
  expect(second.exitCode).toBe(0);
  const done = second.view.events.find(changes);
  expect(done?.at).toBeLessThan((typed(first.view.events, 'gate-closed')[0] as {until: number}).until);
  expect(second.closing.state.overridden).toMatchObject({by: 'ops/kim', reason: 'an outage, INC7'});
});
