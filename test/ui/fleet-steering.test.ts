import {afterEach, beforeEach, expect, test} from 'vitest';
import type {Command} from '../../source/engine/decide/operator-commands.ts';
import type {FleetCommand} from '../../source/fleet/steer.ts';
import type {FleetView} from '../../source/ui/fleet/fleet-view.ts';
import {createFleetScreen} from '../../source/ui/fleet/screen/fleet-screen-view.tsx';
import {accountsOf, FleetPlay, fleetStart, lookedEverywhere} from './fleet-fixture.ts';
import {stuck} from './stopped-fixture.ts';
import {hastyClock, keys, Terminal} from './terminal.ts';

let terminal: Terminal;
let view: FleetView;
let commands: FleetCommand[];
let interrupts: number;

beforeEach(() => {
  terminal = new Terminal(80, 24);
  commands = [];
  interrupts = 0;
  view = createFleetScreen({
    stdout: terminal.stdout,
    stdin: terminal.stdin,
    clock: hastyClock,
    onInterrupt: () => (interrupts += 1),
    now: () => fleetStart + 40_000,
    readRun: () => undefined,
    env: {LANG: 'C.UTF-8'},
  });
  view.steering?.((command) => commands.push(command));
});

afterEach(async () => {
  await view.close({state: new FleetPlay().begin([]).state});
});

const [, , , , , sixth = '', seventh = ''] = accountsOf(12).map(({id}) => id);

/** A wave of two accounts: the run of the first one is under way. */
function going(): FleetPlay {
  const play = lookedEverywhere();
  const {wave} = play.ask(5, sixth, seventh);
  play.at(
    5,
    {type: 'wave-answered', wave, accepted: true, by: 'kim'},
    {type: 'child-started', account: sixth, run: 'run-6'},
  );
  view.publish(play.state, play.events);
  return play;
}

/** The run of the first account cannot go on, and takes commands. */
async function standing(): Promise<{steered: Command[]; stops: () => number}> {
  going();
  const steered: Command[] = [];
  let stops = 0;
  view.childSteering?.(
    {id: sixth, name: 'service-6'},
    {command: (command) => steered.push(command), stop: () => (stops += 1)},
  );
  const run = stuck();
  view.child({id: sixth, name: 'service-6'}, run.state, run.events);
  await terminal.shows('1 account cannot go on without you: d opens it');
  return {steered, stops: () => stops};
}

async function pressed(key: string, isDone: () => boolean): Promise<void> {
  terminal.press(key);
  await terminal.until(isDone);
}

test('p pauses a fleet, which says so above and below, and p goes on', async () => {
  const play = going();
  await terminal.shows('p pause');
  await pressed('p', () => commands.length === 1);
  play.at(6, {type: 'fleet-held', by: 'ops/kim'});
  view.publish(play.state, play.events.slice(-1));
  await terminal.shows('p go on');
  expect(terminal.rows[0]).toMatch(/ PAUSED {3}LIVE /);
  expect(terminal.text.replace(/\s+/g, ' ')).toContain(
    'Paused by ops/kim: no account is begun or changed for the first time. 1 account under way goes on to the end. p goes on',
  );
  await pressed('p', () => commands.length === 2);
  expect(commands).toEqual(['pause', 'continue']);
  play.at(7, {type: 'fleet-released', by: 'ops/kim'});
  view.publish(play.state, play.events.slice(-1));
  await terminal.shows('p pause');
  expect(terminal.text).not.toContain('PAUSED');
});

test('an account whose run cannot go on needs somebody, and d opens it: r and S act on its run alone', async () => {
  const {steered, stops} = await standing();
  expect(terminal.text).toMatch(/NEEDS YOU[^]*! service-6 .*cannot go on without/);
  terminal.press('d');
  await terminal.shows('S stop account');
  await pressed('r', () => steered.length === 1);
  expect(steered).toMatchObject([{do: 'retry'}]);
  await pressed('S', () => stops() === 1);
  terminal.press('q');
  await terminal.shows('FOUND');
  expect([commands, interrupts]).toEqual([[], 0]);
});

test('a Region of an account is waived by its typed name', async () => {
  const {steered} = await standing();
  terminal.press('d');
  await terminal.shows('w waive');
  terminal.press('w');
  await terminal.shows('> ▏');
  const [, region = ''] = /Go on without (\S+)\?/.exec(terminal.text) ?? [];
  await pressed(region + keys.enter, () => steered.length === 1);
  expect(steered).toEqual([{do: 'waive', region, typed: region}]);
});

test('a run that is over takes no command any more', async () => {
  const {steered, stops} = await standing();
  terminal.press('d');
  await terminal.shows('S stop account');
  const play = going();
  play.at(9, {
    type: 'child-ended',
    account: sixth,
    status: 'done',
    message: 'the role is gone',
    made: 1,
    unknown: [],
  });
  view.publish(play.state, play.events);
  terminal.press('S');
  terminal.press('r');
  await terminal.shows('Canary 1/2');
  expect([steered, stops()]).toEqual([[], 0]);
});
