import * as fc from 'fast-check';
import {beforeAll, describe, expect, it} from 'vitest';
import {decide} from '../../source/engine/decide/decide.ts';
import type {Event} from '../../source/engine/model/events.ts';
import {evolve, initialState} from '../../source/engine/evolve/evolve.ts';
import type {RunState} from '../../source/engine/model/state.ts';
import {frozen} from './frozen.ts';
import {program} from './play.ts';
import {everyRecording, type Recorded} from './recordings.ts';
import {strangeEvent} from './strange-event.ts';

let recordings: readonly Recorded[];
let events: readonly Event[];
beforeAll(async () => {
  recordings = await everyRecording();
  events = recordings.flatMap((recording) => recording.events);
});

/** Folds events into states that cannot be changed: evolving one would throw if it tried to. */
function fold(some: readonly Event[]): RunState {
  return some.reduce((state, event) => frozen(evolve(state, frozen(event))), frozen(initialState));
}

/** Any of the recorded events, in any order and any number of times. */
function jumbled(): fc.Arbitrary<readonly Event[]> {
  return fc.array(
    fc.nat(events.length - 1).map((at) => events[at]),
    {maxLength: 80},
  ) as fc.Arbitrary<readonly Event[]>;
}

/** A recording with events dropped, doubled or moved, so that most of it still fits. */
function disturbed(): fc.Arbitrary<readonly Event[]> {
  const change = fc.record({at: fc.nat(), to: fc.nat(), what: fc.constantFrom('drop', 'double', 'move')});
  return fc
    .tuple(fc.nat(recordings.length - 1), fc.array(change, {minLength: 1, maxLength: 8}))
    .map(([which, changes]) => {
      const list = [...(recordings[which]?.events ?? [])];
      for (const {at, to, what} of changes) {
        const [event] = list.splice(at % list.length, what === 'double' ? 0 : 1);
        const moved = event ?? list[at % list.length];
        if (what !== 'drop' && moved !== undefined) list.splice(to % list.length, 0, moved);
      }
      return list;
    });
}

describe('evolve', () => {
  it('never changes the state or the event that it is given', () => {
    for (const recording of recordings) {
      expect(fold(recording.events)).toEqual(recording.events.reduce(evolve, initialState));
    }
  });

  it('throws at no order of events, however jumbled', () => {
    fc.assert(
      fc.property(jumbled(), (some) => {
        fold(some);
      }),
      {numRuns: 300},
    );
  });

  it('throws at no dropped, doubled or moved event', () => {
    fc.assert(
      fc.property(disturbed(), (some) => {
        fold(some);
      }),
      {numRuns: 150},
    );
  });

  it('throws at no event of another run: other steps, Regions, items, calls', () => {
    fc.assert(
      fc.property(fc.nat(), fc.array(strangeEvent, {minLength: 1, maxLength: 20}), (at, strange) => {
        const own = recordings[at % recordings.length]?.events ?? [];
        fold([...own.slice(0, at % own.length), ...strange, ...own.slice(at % own.length)]);
        fold(strange);
      }),
      {numRuns: 150},
    );
  });

  it('takes an event that no version knows yet as the passing of time', () => {
    const before = fold(recordings[0]?.events.slice(0, 20) ?? []);
    const later = evolve(before, {type: 'something-new', at: before.now + 5} as unknown as Event);
    expect(later).toEqual({...before, now: before.now + 5});
  });

  it('keeps the time of the latest event, though clocks go back', () => {
    fc.assert(
      fc.property(jumbled(), (some) => {
        expect(fold(some).now).toBe(Math.max(0, ...some.map(({at}) => at)));
      }),
      {numRuns: 100},
    );
  });
});

describe('decide', () => {
  it('decides the same for the same state, and changes nothing of it', () => {
    for (const {events: own} of recordings) {
      for (let length = 1; length <= own.length; length += 7) {
        const state = fold(own.slice(0, length));
        const once = decide(program, state, state.now, () => 'token');
        expect(decide(program, state, state.now, () => 'token')).toEqual(once);
      }
    }
  });

  it('throws at no state that disturbed events lead to', () => {
    fc.assert(
      fc.property(disturbed(), (some) => {
        const state = fold(some);
        decide(program, state, state.now, () => 'token');
      }),
      {numRuns: 150},
    );
  });

  it('has at most one change under way for each item, whatever the prefix', () => {
    for (const {events: own} of recordings) {
      for (let length = 1; length <= own.length; length += 1) {
        const state = own.slice(0, length).reduce(evolve, initialState);
        const open = state.calls
          .filter(({effect}) => effect === 'change')
          .map(({step, region, item}) => [step, region, item].join(' '));
        expect(new Set(open).size).toBe(open.length);
      }
    }
  });
});
