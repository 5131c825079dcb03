import {describe, expect, test} from 'vitest';
import {lineText} from '../../source/text/line.ts';
import {fleetHeading} from '../../source/report/fleet/sections.ts';
import {fleetReportOf} from '../../source/report/fleet/model.ts';
import {noticeOfFleet} from '../../source/runs/attention/fleet-notice.ts';
import {closingText} from '../../source/ui/fleet/closing-text.ts';
import {fleetLines} from '../../source/ui/fleet/fleet-lines.ts';
import {fleetFrame} from '../../source/ui/fleet/screen/fleet-frame.ts';
import {fleetCaption, fleetHeader} from '../../source/ui/fleet/screen/fleet-header.ts';
import {newsLines} from '../../source/ui/fleet/screen/fleet-news.ts';
import {freshFleetScreen, type FleetMoment} from '../../source/ui/fleet/screen/fleet-screen-state.ts';
import {fleetTables} from '../../source/ui/fleet/screen/keys/tables.ts';
import {hintsOf} from '../../source/ui/keyboard/key-hints.tsx';
import {accountsOf, FleetPlay, fleetStart} from './fleet-fixture.ts';

const now = fleetStart + 40_000;
const simulation = {simulation: true} as const;

/** A fleet with a wave that waits, which may be left before its end. */
function fleet(change: Parameters<FleetPlay['begin']>[1], left: 'left' | 'going'): FleetPlay {
  const [account = {id: ''}] = accountsOf(1);
  const play = new FleetPlay().begin([account], change).look(1, account.id);
  play.ask(2, account.id);
  return left === 'left' ? play.at(3, {type: 'fleet-interrupted', signal: 'q'}) : play;
}

function hints({state}: FleetPlay): string {
  const wave = {id: 1, question: state.waves[0]!, answer: () => undefined};
  const beside = {runs: new Map(), asking: new Set<string>(), whys: new Map(), now};
  const shown = {...beside, state, opening: '', rate: 0, wave};
  const screen = {...freshFleetScreen, page: '200000000001'};
  const moment: FleetMoment = {screen, shown, at: 0, frame: () => fleetFrame(screen, shown, 80, 24, 0)};
  return Object.values(fleetTables)
    .flatMap(({bindings}) => hintsOf(bindings, moment).map(lineText))
    .join('\n');
}

/** Everything that says what becomes of a fleet that was left. */
function lastWords(play: FleetPlay): string {
  const {state, events} = play;
  const report = fleetReportOf(state, events, {file: '', records: 0, head: ''}, () => ({problem: ''}));
  return [
    closingText({state}),
    ...events.flatMap((event) => fleetLines(state, event).map(({text}) => text)),
    ...newsLines(state, {runs: new Map(), asking: new Set(), now}, 80).map(lineText),
    fleetHeading(report).message,
    noticeOfFleet(fleet({}, 'going').state, state)?.text,
  ].join('\n');
}

describe('a simulated fleet', () => {
  test('is never said to be resumable: not by a key, and not by its last words', () => {
    expect(hints(fleet(simulation, 'going'))).toMatch(/^q stop$/m);
    expect(hints(fleet(simulation, 'going'))).not.toContain('resum');
    const words = lastWords(fleet(simulation, 'left'));
    expect(words).toContain(
      '! Stopped by the operator with q: the fleet has not ended; a simulation cannot be resumed',
    );
    expect(words.replaceAll('a simulation cannot be resumed', '')).not.toContain('resum');
  });

  test('calls itself one in its report and its lines', () => {
    const {state, events} = fleet(simulation, 'left');
    const report = fleetReportOf(state, events, {file: '', records: 0, head: ''}, () => ({problem: ''}));
    expect(fleetHeading(report).mode).toBe('SIMULATION: nothing real was touched');
    expect(fleetLines(state, events[0]!)[0]?.text).toContain(', SIMULATION: ');
  });
});

test('a fleet that was left says that it can be resumed', () => {
  expect(hints(fleet({}, 'going'))).toMatch(/^q stop, resumable$/m);
  expect(hints(fleet({}, 'going'))).toMatch(/^Ctrl-C stop, resumable$/m);
  const words = lastWords(fleet({}, 'left'));
  expect(words).toContain('! Stopped by the operator with q: the fleet has not ended and can be resumed');
  expect(words).toContain('handrail fleet resume goes on with it');
});

test('a fleet of looks has no waves to come, and asks for no consent', () => {
  const {state} = new FleetPlay().begin(accountsOf(2), {looksOnly: true});
  const facts = {state, now, rate: 0, columns: 100, rows: 40};
  expect(fleetHeader(facts).map(lineText).join('\n')).not.toContain('Canary');
  expect(fleetCaption(state)?.text).toBe('LIVE: only looking at 2 accounts, this runbook changes nothing');
  const news = newsLines(state, {runs: new Map(), asking: new Set(), now}, 80).map(lineText);
  expect(news.join(' ').trim()).toBe('● Looking everywhere: 2 accounts to go. Nothing is changed');
});

test('a plan ends with every change, once for the accounts that share it, by no id of another', () => {
  const accounts = accountsOf(3);
  const play = new FleetPlay().begin(accounts, {mode: 'plan'});
  for (const {id} of accounts) play.look(1, id);
  const lines = closingText({state: play.state}).split('\n');
  const from = lines.indexOf('Would be changed:');
  expect(lines.slice(from + 1, from + 5)).toEqual([
    '  200000000001 service-1, production',
    '  200000000003 service-3, production',
    '  200000000002 service-2',
    '    1 change each:',
  ]);
  expect(lines.slice(from + 5).filter((line) => line.includes('iam:DeleteServiceLinkedRole'))).toHaveLength(
    1,
  );
  expect(lines.slice(from + 5).join('\n')).not.toContain('2000000000');
});

test('a look that found a use is not marked as done, and no reason offers an option', () => {
  const [account = {id: ''}] = accountsOf(1);
  const skipped = [
    {account: {id: '123456789012'}, why: 'the management account; --only 123456789012 takes it'},
  ];
  const uses = [{region: 'eu-west-1', uses: 1, text: '1 scheduled'}];
  const {state, events} = new FleetPlay()
    .begin([account], {skipped})
    .look(1, account.id, {outcome: 'clear', changes: [], uses});
  const [begun, , ended] = events.map((event) => fleetLines(state, event));
  expect(begun?.at(-1)?.text).toBe('1 account left alone: 1 the management account');
  expect(ended).toMatchObject([{sign: '●', text: 'still in use: eu-west-1 1 scheduled'}]);
});
