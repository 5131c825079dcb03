import * as fc from 'fast-check';
import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import type {Event} from '../../source/engine/model/events.ts';
import {evolve, initialState} from '../../source/engine/evolve/evolve.ts';
import {parseJournal} from '../../source/journal/read.ts';
import {snapshotEvery, Timeline} from '../../source/replay/timeline.ts';
import {longRun} from '../support/long-journal.ts';

const file = new URL('../fixtures/relapse.jsonl', import.meta.url).pathname;
const relapse = parseJournal(file, readFileSync(file)).events;

function fromStart(events: readonly Event[], count: number): unknown {
  return events.slice(0, count).reduce(evolve, initialState);
}

describe('seeking', () => {
  test.each([
    ['the relapse', relapse],
    ['a run of many rounds', longRun(4 * snapshotEvery + 321)],
  ])('in %s equals evolving from the start, whatever was sought before', (_, events) => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({min: 0, max: events.length}), {minLength: 1, maxLength: 6}),
        fc.boolean(),
        (counts, ahead) => {
          const timeline = new Timeline(events);
          for (const count of counts) {
            if (ahead) timeline.index(500);
            expect(timeline.stateAt(count)).toEqual(fromStart(events, count));
          }
        },
      ),
      {numRuns: 25},
    );
  });
});
