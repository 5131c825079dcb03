import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import type {Command} from '../../source/engine/decide/operator-commands.ts';
import {createScreen} from '../../source/ui/run/run-view.tsx';
import {isStuck} from '../../source/wording/blocked-help.ts';
import type {View} from '../../source/ui/view.ts';
import {changing, detoured, denied, looked, Play, start, steps} from './run-fixture.ts';
import {expired, paused, stuck, stuckTwice} from './stopped-fixture.ts';
import {hastyClock, keys, paste, Terminal} from './terminal.ts';

let terminal: Terminal;
let view: View;
let commands: Command[];

async function show(play: Play, part: string): Promise<void> {
  view.publish(play.state, play.events);
  await terminal.shows(part);
}

/** A look that failed in one Region. */
function failed(play: Play): Play {
  return play
    .at(2, {type: 'step-started', step: 'builds', region: 'us-east-1', items: []})
    .at(2, {type: 'step-failed', step: 'builds', region: 'us-east-1', fault: denied});
}

async function pressed(key: string, command: Command): Promise<void> {
  terminal.press(key);
  await terminal.until(() => commands.length > 0);
  expect(commands).toEqual([command]);
}

beforeEach(() => {
  terminal = new Terminal(80, 24);
  commands = [];
  view = createScreen({
    stdout: terminal.stdout,
    stdin: terminal.stdin,
    clock: hastyClock,
    onInterrupt: () => {},
    now: () => start + 9000,
    env: {LANG: 'C.UTF-8'},
  });
  view.steering?.((command) => commands.push(command));
});

afterEach(async () => {
  await view.close({state: new Play().begin().state});
});

describe('a filter', () => {
  test('chooses its first Region, which Enter opens', async () => {
    await show(changing(), 'me-central-1');
    terminal.press('/');
    await terminal.shows('34 of 34');
    terminal.press('west');
    await terminal.until((text) => /▸ eu-west-1/.test(text));
    terminal.press(keys.enter);
    await terminal.shows(' eu-west-1 · ');
    terminal.press(keys.escape);
    await terminal.shows('only with “west”');
  });

  test('keeps r from a Region that it hides', async () => {
    await show(stuck(), '1 Region cannot go on without you');
    terminal.press('/west');
    await terminal.until((text) => /▸ eu-west-1/.test(text));
    terminal.press(keys.enter);
    await terminal.shows(' eu-west-1 · ');
    terminal.press('r');
    await terminal.shows('Nothing has failed in eu-west-1; Esc shows every Region.');
    terminal.press('w');
    await terminal.shows('Only a Region that could not be checked can be waived.');
    expect(commands).toEqual([]);
  });

  test('lets r act on the Region that it shows', async () => {
    await show(failed(stuck()), '2 Regions cannot go on without you');
    terminal.press('/us-east-1');
    await terminal.until((text) => /▸ us-east-1/.test(text));
    terminal.press(keys.enter);
    await terminal.shows(' us-east-1 · ');
    await pressed('r', {do: 'retry', region: 'us-east-1'});
  });

  test('that nothing fits opens nothing', async () => {
    await show(changing(), 'me-central-1');
    terminal.press('/nowhere');
    await terminal.shows('0 of 34');
    terminal.press(keys.enter);
    await terminal.shows('No Region is like that.');
    terminal.press(keys.escape);
    await terminal.shows('28 Regions have nothing in use');
  });
});

describe('steering', () => {
  test('p pauses a run and lets a paused one go on', async () => {
    await show(changing(), 'p pause');
    await pressed('p', {do: 'pause'});
    commands = [];
    await show(paused(changing()), 'Paused. p goes on.');
    await pressed('p', {do: 'continue'});
  });

  test('n tries now what waits for a time, and says so where nothing does', async () => {
    await show(detoured(), 'Trying again in');
    expect(terminal.rows.at(-1)).toContain('n try now');
    await pressed('n', {do: 'hasten'});
    await show(stuck(), '1 Region cannot go on without you');
    expect(terminal.rows.at(-1)).not.toContain('n try now');
    terminal.press('n');
    await terminal.shows('Nothing waits for a time that could be cut short.');
  });

  test('a standstill for want of a network is one cause, on this host', async () => {
    const fault = {kind: 'transient', name: 'ECONNREFUSED', message: 'connect ECONNREFUSED'} as const;
    const play = new Play().begin().step(1, 'role');
    for (const region of ['eu-west-1', 'us-east-1']) {
      play.at(1, {type: 'step-started', step: 'builds', region, items: [{key: '', value: null}]});
      play.at(1, {type: 'step-failed', step: 'builds', region, fault});
    }
    for (const region of play.state.lanes.regions()) {
      if (region === 'eu-west-1' || region === 'us-east-1') continue;
      for (const step of ['builds', 'pipelines']) play.step(2, step, region, {summary: '0', inUse: 0});
      for (const step of ['cancel', 'schedules', 'quiet']) {
        play.at(3, {type: 'step-skipped', step, region, why: 'nothing to do'});
      }
    }
    await show(play, '2 Regions cannot go on without you');
    expect(terminal.text).toContain('This host reaches none of them: connect ECONNREFUSED.');
    expect(terminal.text).not.toContain('eu-west-1: Verify');
  });

  test('r tries again in the only Region that stands still', async () => {
    await show(stuck(), '1 Region cannot go on without you');
    await pressed('r', {do: 'retry', region: 'me-central-1'});
  });

  test('r wants one chosen when several stand still, and R means all of them', async () => {
    await show(stuckTwice(), '2 Regions cannot go on without you');
    terminal.press('r');
    await terminal.shows('Choose the Region first');
    expect(commands).toEqual([]);
    terminal.press(keys.down);
    await terminal.shows('▸ me-central-1');
    await pressed('r', {do: 'retry', region: 'me-central-1'});
    commands = [];
    terminal.press('R');
    await terminal.until(() => commands.length === 2);
    expect(commands.map((command) => 'region' in command && command.region)).toEqual([
      'me-central-1',
      'sa-east-1',
    ]);
  });

  test('r on one line for several Regions tries all of them again, and w wants one of them', async () => {
    await show(stuck(['me-central-1', 'me-south-1']), '2 Regions cannot go on without you');
    terminal.press(keys.down);
    await terminal.shows('▸ ? 2 Regions: denied by an SCP');
    terminal.press('w');
    await terminal.shows('Space lists these Regions');
    expect(commands).toEqual([]);
    terminal.press('r');
    await terminal.until(() => commands.length === 2);
    expect(commands.map((command) => 'region' in command && command.region)).toEqual([
      'me-central-1',
      'me-south-1',
    ]);
    terminal.press(keys.enter);
    await terminal.shows('▸ me-central-1');
  });

  test('r tries a failed step of the account again', async () => {
    const play = looked()
      .at(5, {type: 'step-started', step: 'agree', items: []})
      .at(6, {type: 'step-failed', step: 'agree', fault: denied});
    await show(play, 'A step for the whole account cannot go on');
    await pressed('r', {do: 'retry'});
  });

  test('w waives an unknown Region by its typed name only', async () => {
    await show(stuck(), 'cannot go on without you');
    terminal.press('w');
    await terminal.shows('Type me-central-1 to go ahead');
    await terminal.shows(' > ▏');
    terminal.press(keys.enter);
    await terminal.shows('Enter alone does nothing');
    terminal.press('me-central');
    await terminal.shows('> me-central▏');
    terminal.press(keys.enter);
    await terminal.shows('the last 2 letters are missing');
    expect(commands).toEqual([]);
    terminal.press('-1');
    await terminal.shows('> me-central-1▏');
    await pressed(keys.enter, {do: 'waive', region: 'me-central-1', typed: 'me-central-1'});
  });

  test('a waiver is not sent by a paste with a line break, and is left with Esc', async () => {
    await show(stuck(), 'cannot go on without you');
    terminal.press('w');
    await terminal.shows('Type me-central-1');
    await terminal.shows(' > ▏');
    terminal.press(paste('me-central-1\r'));
    await terminal.shows('The line break at the end was left out');
    terminal.press(keys.escape);
    await terminal.shows('  NOW');
    expect(commands).toEqual([]);
  });

  test('x is offered only where the runbook lets a step be skipped', async () => {
    const skippable = steps.map((step) =>
      step.id === 'builds' ? {...step, skippable: true as const} : step,
    );
    await show(failed(new Play().begin()), 'w waive');
    expect(terminal.text).not.toContain('x skip');
    await show(failed(new Play().begin({steps: skippable})), 'x skip step');
    await pressed('x', {do: 'skip', region: 'us-east-1'});
  });

  test('nothing is steered once the run is over', async () => {
    await show(stuck().at(9, {type: 'run-ended', status: 'blocked', message: 'stopped'}), 'Blocked');
    terminal.press('prRwx');
    terminal.press('?');
    await terminal.shows('The run');
    expect(commands).toEqual([]);
  });

  test('expired credentials say what to type elsewhere, and that the run notices', async () => {
    await show(expired(changing()), 'aws sso login --profile prod');
    expect(terminal.text).toContain('New credentials of the same account are noticed');
  });
});

describe('a standstill', () => {
  test('is none while anything goes on by itself', () => {
    expect(isStuck(changing().state)).toBe(false);
    expect(isStuck(looked().state)).toBe(false);
    expect(isStuck(stuck().state)).toBe(true);
  });

  test('is none once what stopped was waived', () => {
    const waived = stuck().at(9, {type: 'waived', region: 'me-central-1', by: 'kim'});
    expect(isStuck(waived.state)).toBe(false);
  });
});

test('a run that lives elsewhere says so while nobody answers for it, and how long', async () => {
  await show(looked(), 'SIMULATION');
  view.unanswered?.(start);
  await terminal.shows('NO ANSWER for 0:09');
  expect(terminal.text).not.toContain('SIMULATION');
  view.unanswered?.(undefined);
  await terminal.shows('SIMULATION');
});
