import {beforeEach, expect, test} from 'vitest';
import {FrameScheduler} from '../../source/ui/terminal/frame-scheduler.ts';
import {ManualClock} from './manual-clock.ts';

let clock: ManualClock;
let frames: FrameScheduler;
let busy: boolean;
let drawn: number;

beforeEach(() => {
  clock = new ManualClock();
  busy = false;
  drawn = 0;
  frames = new FrameScheduler({draw: () => (drawn += 1), busy: () => busy, clock});
});

test('a key is answered at once, and the next ones with one frame', () => {
  frames.now();
  expect(drawn).toBe(1);
  frames.now();
  frames.now();
  expect(drawn).toBe(1);
  clock.pass(16);
  expect(drawn).toBe(2);
  clock.pass(1000);
  expect(drawn).toBe(2);
});

test('changes are gathered into one frame, and a key does not wait for it', () => {
  frames.soon();
  clock.pass(20);
  frames.soon();
  expect(drawn).toBe(0);
  clock.pass(20);
  expect(drawn).toBe(1);
  clock.pass(20);
  frames.soon();
  frames.now();
  expect(drawn).toBe(2);
  clock.pass(1000);
  expect(drawn).toBe(2);
});

test('nothing is drawn while the terminal is busy, and one frame afterwards', () => {
  busy = true;
  frames.now();
  frames.soon();
  for (let tries = 0; tries < 10; tries += 1) clock.pass(25);
  expect(drawn).toBe(0);
  busy = false;
  clock.pass(25);
  expect(drawn).toBe(1);
});

test('nothing is drawn after the end', () => {
  frames.soon();
  frames.stop();
  clock.pass(1000);
  expect(drawn).toBe(0);
});
