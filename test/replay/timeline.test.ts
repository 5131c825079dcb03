import * as fc from 'fast-check';
import {readFileSync} from 'node:fs';
import {describe, expect, test, vi} from 'vitest';
import type {Event} from '../../source/engine/model/events.ts';
import {evolve, initialState} from '../../source/engine/evolve/evolve.ts';
import {parseJournal} from '../../source/journal/read.ts';
import {snapshotEvery, Timeline} from '../../source/replay/timeline.ts';
import {longRun} from '../support/long-journal.ts';

// Hundreds of frames or pages: on a busy machine that takes a while.
vi.setConfig({testTimeout: 120_000});

const file = new URL('../fixtures/relapse.jsonl', import.meta.url).pathname;
const relapse = parseJournal(file, readFileSync(file)).events;

function fromStart(events: readonly Event[], count: number): unknown {
  return events.slice(0, count).reduce(evolve, initialState);
}

describe('seeking', () => {
  test('goes no further than the ends', () => {
    const timeline = new Timeline(relapse);
    expect(timeline.stateAt(-5)).toBe(initialState);
    expect(timeline.stateAt(1e9)).toEqual(fromStart(relapse, relapse.length));
  });

  test('is right after events were added', () => {
    const timeline = new Timeline(relapse.slice(0, 700));
    timeline.stateAt(700);
    timeline.append(relapse.slice(700));
    expect(timeline.stateAt(relapse.length)).toEqual(fromStart(relapse, relapse.length));
  });

  test('is prepared in parts that come to an end', () => {
    const timeline = new Timeline(longRun(3 * snapshotEvery));
    const parts = [timeline.index(1), timeline.index(1), timeline.index(1), timeline.index(1)];
    expect(parts).toEqual([true, true, false, false]);
  });
});

describe('the played clock', () => {
  const gaps: readonly Event[] = [0, 500, 180_500, 181_000].map((ms) => ({
    type: 'interrupted',
    signal: 'x',
    at: 1_000_000 + ms,
  }));

  test('cuts gaps in which nothing happens', () => {
    const timeline = new Timeline(gaps, 2000);
    expect([1, 2, 3, 4].map((count) => timeline.playedAt(count))).toEqual([0, 500, 2500, 3000]);
    expect(new Timeline(gaps, Infinity).duration).toBe(181_000);
  });

  test('tells the time as it was, faster where it was cut', () => {
    const timeline = new Timeline(gaps, 2000);
    expect(timeline.timeAt(1, 250)).toBe(1_000_250);
    expect(timeline.timeAt(2, 1500)).toBe(1_000_500 + 90_000);
    expect(timeline.timeAt(4, 3000)).toBe(1_181_000);
  });

  test('never runs backwards, even where the recorder’s clock did', () => {
    const timeline = new Timeline([gaps[1]!, gaps[0]!, gaps[2]!], 2000);
    expect([1, 2, 3].map((count) => timeline.playedAt(count))).toEqual([0, 0, 2000]);
  });

  test('finds how many events have happened at each time', () => {
    fc.assert(
      fc.property(fc.integer({min: 0, max: 20_000}), (played) => {
        const timeline = new Timeline(relapse);
        const expected = relapse.filter((_, index) => timeline.playedAt(index + 1) <= played).length;
        expect(timeline.countAt(played)).toBe(expected);
      }),
      {numRuns: 30},
    );
  });
});

describe('marks', () => {
  test('are where steps begin, in both rounds, and where something failed', () => {
    const timeline = new Timeline(relapse);
    const steps = timeline.marks.filter(({kind}) => kind === 'step').map(({count}) => relapse[count - 1]);
    const ids = steps.map((event) =>
      event !== undefined && 'step' in event
        ? event.step
        : event?.type === 'asked'
          ? event.question.step
          : '',
    );
    expect(ids.slice(0, 4)).toEqual(['role', 'builds', 'pipelines', 'approve']);
    expect(ids.filter((id) => id === 'builds')).toHaveLength(2);
    const failures = timeline.marks.filter(({kind}) => kind === 'failure');
    // The deletion task that failed. The role that was not found in the end is what was waited for.
    expect(failures.map(({count}) => relapse[count - 1]?.type)).toEqual(['went-back']);
  });
});
