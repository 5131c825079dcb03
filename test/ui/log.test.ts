import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {logHeading, logLines, wholeLog, type Log, type LogView} from '../../source/ui/log/log-lines.ts';
import {createScreen} from '../../source/ui/run/run-view.tsx';
import type {View} from '../../source/ui/view.ts';
import {lineText} from '../../source/text/line.ts';
import {createNarrator} from '../../source/wording/narrate/narrate.ts';
import {asked, buildArn, changing, denied, done, Play, start, typedQuestion} from './run-fixture.ts';
import {hastyClock, keys, Terminal} from './terminal.ts';

process.env['TZ'] = 'UTC';

function logOf(play: Play): Log {
  const narrate = createNarrator();
  return {lines: play.events.flatMap((event) => narrate(event, play.state.steps)), dropped: 0};
}

function texts(play: Play, view: Partial<LogView> = {}, columns = 100): readonly string[] {
  return logLines(logOf(play), {...wholeLog, ...view}, columns).map(lineText);
}

/** A Region whose calls are throttled again and again, and one change between them. */
function noisy(): Play {
  const play = changing();
  const place = {step: 'cancel', region: 'eu-west-1'};
  const fault = {kind: 'throttled', name: 'TooManyRequestsException', message: 'Rate exceeded'} as const;
  for (let second = 10; second < 160; second += 1) {
    const retryAt = start + (second + 1) * 1000;
    play.calls(second, place, buildArn('eu-west-1', 'base-0'), 'imagebuilder:CancelImageCreation', {
      ok: false,
      fault,
      retryAt,
      maxAttempts: 900,
    });
  }
  return play;
}

describe('the log', () => {
  test('holds everything, the newest first; changes stand apart from what passes by itself', () => {
    expect(texts(noisy()).length).toBeGreaterThan(150);
    expect(texts(noisy())[0]).toContain('throttled');
    expect(texts(noisy()).at(-1)).toContain('Delete the Image Builder service-linked role, run ');
    const changes = texts(noisy(), {kind: 'changes'});
    expect(changes).toEqual([
      expect.stringMatching(/sa-east-1 .* ✓ base-0\/1\.4\.2\/7: cancelled$/),
      expect.stringMatching(/ap-south-1 .* ✓ base-0\/1\.4\.2\/7: cancelled$/),
      expect.stringMatching(/us-east-1 .* ✓ base-0\/1\.4\.2\/7: cancelled$/),
    ]);
    expect(texts(noisy(), {kind: 'facts'}).join('\n')).not.toContain('throttled');
    expect(texts(noisy(), {kind: 'problems'}, 200)).toEqual([
      expect.stringMatching(/me-central-1 .* ! denied by an SCP: .* service control policy$/),
    ]);
  });

  test('is filtered by words of a line, its Region and its step', () => {
    expect(texts(noisy(), {filter: 'us-east-1 cancelled'})).toHaveLength(1);
    expect(texts(noisy(), {filter: 'nowhere'})).toEqual(['  Nothing is like that.']);
  });

  test('cuts no line, however narrow', () => {
    const play = new Play().begin();
    play.at(1, {type: 'step-started', step: 'builds', region: 'eu-west-1', items: [{key: '', value: null}]});
    play.at(1, {type: 'step-failed', step: 'builds', region: 'eu-west-1', fault: denied});
    const lines = texts(play, {kind: 'problems'}, 40);
    expect(lines.every((line) => line.length <= 40)).toBe(true);
    const words = lines.map((line) => line.slice(18).trim()).join(' ');
    expect(words).toContain('with an explicit deny in a service control policy');
  });

  test('says where older lines are that it does not keep', () => {
    const log = {...logOf(changing()), dropped: 7};
    expect(logLines(log, wholeLog, 80).map(lineText).at(-1)).toContain('handrail report shows all of it');
  });

  test('stays in its place while it is scrolled, and counts what came since', () => {
    const log = logOf(noisy());
    const held = {...wholeLog, upTo: log.lines.length - 5};
    expect(logLines(log, held, 200)).toHaveLength(log.lines.length - 5);
    expect(lineText(logHeading(log, held))).toContain('5 newer lines: Home');
  });
});

describe('on the screen', () => {
  let terminal: Terminal;
  let view: View;

  beforeEach(() => {
    terminal = new Terminal(80, 24);
    view = createScreen({
      stdout: terminal.stdout,
      stdin: terminal.stdin,
      clock: hastyClock,
      onInterrupt: () => {},
      now: () => start + 40_000,
      env: {LANG: 'C.UTF-8', HANDRAIL_BELL: 'off'},
    });
  });

  afterEach(async () => {
    await view.close({state: new Play().begin().state});
  });

  async function show(play: Play, part: string): Promise<void> {
    view.publish(play.state, play.events);
    await terminal.shows(part);
  }

  test('l opens it on the Regions and in a Region, Esc goes back, and the run is still told below', async () => {
    await show(noisy(), '  NOW');
    terminal.press('l');
    await terminal.shows('Log  all lines');
    expect(terminal.rows.at(-2)).toContain('me-central-1 stopped');
    terminal.press('a');
    await terminal.shows('without retries');
    terminal.press('/sa-east cancelled');
    await terminal.shows('▏');
    await terminal.shows(' 1 of ');
    terminal.press(keys.enter);
    await terminal.shows('with “sa-east cancelled”  ·  1 line');
    terminal.press(keys.escape);
    await terminal.until((text) => !text.includes('with “'));
    terminal.press(keys.escape);
    await terminal.shows('  NOW');
    terminal.press(keys.enter);
    await terminal.shows('Stopped by');
    terminal.press('l');
    await terminal.shows('Log  all lines');
    terminal.press('l');
    await terminal.shows('Stopped by');
  });

  test('every line of it can be reached', async () => {
    await show(noisy(), '  NOW');
    terminal.press('lG');
    await terminal.shows('● Delete the Image Builder service-linked role, run\n');
  });

  test('l opens it while a decision is open, from the Regions; in a typed reply it is a letter', async () => {
    const play = asked();
    view.publish(play.state, play.events);
    void view.ask(typedQuestion, new AbortController().signal);
    await terminal.shows(' > ▏');
    terminal.press('l');
    await terminal.shows('> l▏');
    terminal.press('\t');
    await terminal.shows('Tab goes to changes');
    terminal.press('l');
    await terminal.shows('Log  all lines');
    expect(terminal.text).toContain('DECISION: Approve the deletion');
  });

  test('l opens it when the run has ended', async () => {
    const play = done();
    view.publish(play.state, play.events);
    void view.close({state: play.state});
    await terminal.shows('✓ Done');
    terminal.press('l');
    await terminal.shows('the role is gone');
    await terminal.shows('Log  all lines');
  });
});
