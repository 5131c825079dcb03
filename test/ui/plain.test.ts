import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import type {Event} from '../../source/engine/model/events.ts';
import {evolve, initialState} from '../../source/engine/evolve/evolve.ts';
import type {RunState} from '../../source/engine/model/state.ts';
import {createPlain} from '../../source/ui/plain/plain-view.ts';
import type {View} from '../../source/ui/view.ts';
import {asked, changing, detoured, done, looked, Play, start, typedQuestion} from './run-fixture.ts';

let written: string;
let view: View;
let now: number;

function play({events}: Play): RunState {
  let state = initialState;
  for (const event of events) {
    state = evolve(state, event);
    now = event.at;
    view.publish(state, [event]);
  }
  return state;
}

function lines(): readonly string[] {
  return written.trimEnd().split('\n');
}

beforeEach(() => {
  vi.useFakeTimers();
  written = '';
  now = start;
  view = createPlain({write: (text) => (written += text), now: () => now});
});

afterEach(async () => {
  await view.close({state: initialState});
  vi.useRealTimers();
});

describe('plain lines', () => {
  test('sum a Region step up once, when the last Region is through', () => {
    play(looked());
    expect(lines().filter((line) => line.includes('builds '))).toEqual([
      expect.stringMatching(
        /^\d\d:\d\d:\d\d {2}builds {8}✓ 34\/34 Regions: 6 running in 4 \(us-east-1 2, eu-west-1 2, ap-south-1 1, …\)$/,
      ),
    ]);
  });

  test('give an unknown Region a line of its own', () => {
    play(changing());
    expect(written).toMatch(/builds +! me-central-1 +denied by an SCP: ops\/kim is not authorized/);
    expect(written).toContain(
      '33/34 Regions: 6 running in 4 (us-east-1 2, eu-west-1 2, ap-south-1 1, …), 1 unknown',
    );
  });

  test('say each change that was made, and no retry', () => {
    play(changing());
    expect(lines().filter((line) => line.includes('cancelled'))).toHaveLength(3);
    expect(written).not.toContain('throttled');
  });

  test('hold the whole plan, with whole ARNs', () => {
    play(asked());
    expect(written).toContain('18 changes in 5 Regions');
    expect(written.match(/arn:aws:imagebuilder:\S+:image\/base-\d\/1\.4\.2\/7/g)).toHaveLength(6);
    expect(written.match(/arn:aws:imagebuilder:\S+:image-pipeline\/\S+ +schedule cron/g)).toHaveLength(12);
  });

  test('tell why a deletion failed, what it named, and when it goes on', () => {
    play(detoured());
    expect(written).toMatch(
      /deleted +! eu-west-1 +in use: web\/1\.4\.2\/7 \(arn:aws:.*, reported in us-east-1\)/,
    );
    expect(written).toMatch(
      /the wait failed: the role is still in use by 2 resources; going back .* attempt 2 of 6/,
    );
  });

  test('sum a step up again in the next round', () => {
    const again = detoured();
    for (const region of again.state.lanes.regions())
      again.step(240, 'builds', region, {summary: '0 running', inUse: 0});
    play(again);
    expect(written).toContain('34/34 Regions: nothing in use');
  });

  test('are no more than a log can bear', () => {
    play(asked());
    play(changing());
    expect(lines().length).toBeLessThan(60);
  });

  test('say that the run is alive, at most every 30 s', () => {
    const state = play(detoured());
    const before = lines().length;
    for (let second = 0; second < 95; second += 1) {
      now += 1000;
      vi.advanceTimersByTime(1000);
    }
    expect(state.detour).toBeDefined();
    const beats = lines().slice(before);
    expect(beats).toHaveLength(3);
    expect(beats[0]).toMatch(/ · +Trying again in 2:30.*\(the role is still in use by 2/);
  });

  test('cannot be answered, and say which option would have', async () => {
    const {signal} = new AbortController();
    expect(await view.ask(typedQuestion, signal)).toEqual({
      accepted: false,
      by: 'nobody',
      missing: '--confirm "AWSServiceRoleForImageBuilder"',
    });
    expect(
      await view.ask({kind: 'confirm', step: 'agree', message: 'Go ahead?', changes: []}, signal),
    ).toMatchObject({
      missing: '--yes',
    });
  });

  test('end with a summary whose last line is the journal', async () => {
    await view.close({state: play(done()), journal: '/home/kim/run.jsonl', head: 'ab12'});
    expect(written).toContain('✓ Done: the role is gone');
    expect(written).toContain('Changes   3: Cancel running builds 3');
    expect(written).toContain('Regions   30 clear, 3 in use, 1 unknown');
    expect(lines().at(-1)).toBe('  Journal   /home/kim/run.jsonl');
  });

  test('stay lines, whatever AWS says', () => {
    const message = 'a\r\nb\u001B[2J\u001B]0;owned\u0007';
    const event: Event = {type: 'run-ended', status: 'failed', message, at: start};
    view.publish(evolve(looked().state, event), [event]);
    // oxlint-disable-next-line no-control-regex
    expect(written).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/);
    expect(lines()).toHaveLength(1);
  });
});
