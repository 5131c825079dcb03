import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Event} from '../../source/engine/model/events.ts';
import {
  atEnd,
  atStart,
  speeds,
  tick,
  transport,
  type Player,
  type Transport,
} from '../../source/replay/player.ts';
import {Timeline} from '../../source/replay/timeline.ts';
import {longRun} from '../support/long-journal.ts';

/** One event a second for two minutes; it fails at 0:40 and 0:41. */
const events: readonly Event[] = Array.from({length: 121}, (_, second): Event => {
  const at = second * 1000;
  if (second % 30 === 1) return {type: 'step-started', step: `step ${second}`, items: [], at};
  if (second === 40) return {type: 'interrupted', signal: 'x', at};
  return {type: 'continued', by: 'x', at};
});
const timeline = new Timeline(events);
const paused: Player = {...atStart, playing: false};

function press(player: Player, ...keys: readonly Transport[]): Player {
  return keys.reduce((now, key) => transport(now, timeline, key), player);
}

describe('playing', () => {
  test('goes at the speed it was, and faster', () => {
    expect(tick(atStart, timeline, 2500)).toMatchObject({played: 2500, count: 3});
    expect(tick({...atStart, speed: 8}, timeline, 1000)).toMatchObject({played: 8000, count: 9});
    expect(tick({...atStart, speed: 0.5}, timeline, 1000).played).toBe(500);
  });

  test('stops at the end, and from there starts anew', () => {
    const end = tick(atStart, timeline, 1e9);
    expect(end).toMatchObject({count: 121, played: 120_000, playing: false});
    expect(press(end, 'toggle')).toMatchObject({count: 1, played: 0, playing: true});
  });

  test('as fast as possible is through in sixty frames, and never slower than the fastest speed', () => {
    for (const long of [timeline, new Timeline(longRun(5000))]) {
      let player: Player = {...atStart, speed: Infinity};
      let frames = 0;
      for (; player.playing; frames += 1) player = tick(player, long, 50);
      expect(frames).toBeLessThanOrEqual(60);
      const fastest = tick({...atStart, speed: 64}, long, 50).count;
      expect(tick({...atStart, speed: Infinity}, long, 50).count).toBeGreaterThanOrEqual(fastest);
    }
  });

  test('does nothing while it is paused', () => {
    expect(tick(paused, timeline, 5000)).toEqual(paused);
  });
});

describe('the keys', () => {
  test('play and pause', () => {
    expect(press(paused, 'toggle').playing).toBe(true);
    expect(press(paused, 'toggle', 'toggle').playing).toBe(false);
  });

  test('go one event on, and pause', () => {
    expect(press(atStart, 'next-event')).toMatchObject({count: 2, played: 1000, playing: false});
  });

  test('go seconds back and on, no further than the ends', () => {
    expect(press(paused, 'seconds-forward')).toMatchObject({played: 5000, count: 6});
    expect(press(paused, 'seconds-forward', 'seconds-back')).toMatchObject({played: 0, count: 1});
    expect(press(paused, 'seconds-back').played).toBe(0);
  });

  test('go from step to step', () => {
    const third = press(paused, 'next-step', 'next-step', 'next-step');
    expect(third.count).toBe(62);
    expect(press(third, 'previous-step').count).toBe(32);
    expect(press(paused, 'previous-step').count).toBe(1);
  });

  test('go back over a step that has only just begun while it plays', () => {
    const playing = tick(press(atStart, 'next-step', 'next-step'), timeline, 500);
    expect(press(playing, 'previous-step').count).toBe(2);
  });

  test('go to the next failure, and stay where there is none', () => {
    const failed = press(paused, 'next-failure');
    expect(failed.count).toBe(41);
    expect(press(failed, 'next-failure')).toEqual(failed);
  });

  test('go to a tenth of the run', () => {
    expect(press(paused, {tenth: 5})).toMatchObject({played: 60_000, count: 61});
    expect(press(paused, {tenth: 0})).toMatchObject({played: 0, count: 1});
  });

  test('change the speed from half to 64 times and as fast as possible', () => {
    const faster = Array.from({length: 20}, (): Transport => 'faster');
    const slower = Array.from({length: 20}, (): Transport => 'slower');
    expect(press(paused, ...faster).speed).toBe(Infinity);
    expect(press(paused, ...faster, 'slower').speed).toBe(64);
    expect(press(paused, ...slower).speed).toBe(0.5);
    expect(speeds).toContain(press(paused, 'faster').speed);
  });

  test('in any order keep count and time together', () => {
    const key = fc.oneof(
      fc.constantFrom<Transport>(
        'toggle',
        'next-event',
        'seconds-back',
        'seconds-forward',
        'previous-step',
        'next-step',
        'next-failure',
        'faster',
        'slower',
      ),
      fc.integer({min: 0, max: 9}).map((tenth): Transport => ({tenth})),
      fc.integer({min: 1, max: 3000}),
    );
    fc.assert(
      fc.property(fc.array(key, {maxLength: 30}), (keys) => {
        let player: Player = atStart;
        for (const one of keys) {
          player = typeof one === 'number' ? tick(player, timeline, one) : transport(player, timeline, one);
          expect(player.count).toBeGreaterThanOrEqual(1);
          expect(player.count).toBeLessThanOrEqual(timeline.length);
          expect(player.played).toBeGreaterThanOrEqual(timeline.playedAt(player.count));
          if (player.count < timeline.length)
            expect(player.played).toBeLessThan(timeline.playedAt(player.count + 1));
        }
      }),
    );
  });
});

describe('a run that is still going', () => {
  test('is shown at its end as it grows, until the watcher goes elsewhere', () => {
    const growing = new Timeline(events.slice(0, 50));
    let player = atEnd(growing);
    growing.append(events.slice(50, 60));
    player = tick(player, growing, 50, true);
    expect(player).toMatchObject({count: 60, live: true});
    player = transport(player, growing, 'seconds-back');
    growing.append(events.slice(60));
    expect(tick(player, growing, 0, true)).toMatchObject({live: false, count: 55});
  });

  test('is an ordinary replay at its end when it is over', () => {
    const over = tick(atEnd(timeline), timeline, 50, false);
    expect(over).toMatchObject({live: false, playing: false, count: timeline.length});
    expect(transport(over, timeline, 'toggle')).toMatchObject({count: 1, playing: true});
  });

  test('is live again when the replay has caught up', () => {
    expect(tick(atStart, timeline, 1e9, true)).toMatchObject({count: 121, live: true});
  });
});
