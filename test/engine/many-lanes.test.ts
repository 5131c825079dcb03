import * as fc from 'fast-check';
import {beforeAll, describe, expect, it} from 'vitest';
import {decide} from '../../source/engine/decide/decide.ts';
import type {Event} from '../../source/engine/model/events.ts';
import {evolve, evolveAll, initialState} from '../../source/engine/evolve/evolve.ts';
import {openItems} from '../../source/engine/decide/open-items.ts';
import {stamp} from '../../source/engine/model/ports.ts';
import type {Program} from '../../source/engine/model/program.ts';
import {SharedList} from '../../source/engine/persistent/persistent-list.ts';
import type {ItemProgress, RunState} from '../../source/engine/model/state.ts';
import {ownParts} from './parts.ts';
import {program} from './play.ts';
import {everyRecording, type Recorded} from './recordings.ts';

let recordings: readonly Recorded[];
beforeAll(async () => {
  recordings = await everyRecording();
});

const many = 5000;
/** Lanes of a part that something happened in, and the few that are next to get calls. */
const few = 200;

/** A run with many Regions, in the middle of their first step: all that can be under way is. */
function busy(): RunState {
  const first = recordings[0]?.events[0];
  if (first?.type !== 'run-started') throw new Error('a recording begins with its run');
  const regions = Array.from({length: many}, (_, index) => `xx-lane-${index}`);
  let state = evolve(initialState, {...first, regions});
  for (;;) {
    const {records, calls} = decide(program, state, state.now, () => 'token');
    const {now} = state;
    const happenings = records.length > 0 ? records : calls.map(({intent}) => intent);
    if (happenings.length === 0) return state;
    state = evolveAll(
      state,
      happenings.map((happening) => stamp(happening, now)),
    );
    if (records.length === 0 && state.calls.some(({region}) => region === undefined))
      state = accountGoesOn(state);
  }
}

/** The account's call is answered, so that the Regions can go on. */
function accountGoesOn(state: RunState): RunState {
  const call = state.calls.find(({region}) => region === undefined);
  if (call === undefined) return state;
  const {step, item} = call;
  const {now: at} = state;
  return evolveAll(state, [
    {type: 'call-succeeded', call: call.call, ms: 1, at},
    {type: 'item-done', step, item, output: {}, at},
  ]);
}

/** The events by which a Region's call comes back. */
function answerIn(state: RunState): readonly Event[] {
  const call = state.calls.find(({region}) => region !== undefined);
  if (call?.region === undefined) throw new Error('no call is under way in a Region');
  const {step, region, item} = call;
  return [
    {type: 'call-succeeded', call: call.call, ms: 1, at: state.now},
    {type: 'item-done', step, region, item, output: [], at: state.now},
  ];
}

describe('a turn of a run with thousands of lanes', () => {
  it('copies only what is about the lane that something happened to', () => {
    const before = busy();
    for (const event of answerIn(before)) {
      expect(ownParts(evolve(before, event).lanes, before.lanes)).toBeLessThanOrEqual(3);
    }
  });

  it('looks only at the lanes that something happened to, and their neighbours', () => {
    const looked = new Set<string>();
    const started = busy();
    const before: RunState = {
      ...started,
      lanes: started.lanes.map(
        (lane) =>
          new Proxy(lane, {
            get: (target, name) => {
              looked.add(target.region ?? '');
              return Reflect.get(target, name) as unknown;
            },
          }),
      ),
    };
    decide(program, before, before.now, () => 'token');
    expect(looked.size).toBe(many);
    looked.clear();
    const after = evolveAll(before, answerIn(before));
    const {records} = decide(program, after, after.now, () => 'token');
    expect(records.map(({type}) => type)).toEqual(['step-succeeded']);
    expect(looked.size).toBeLessThan(few);
  });

  it('gives a place that becomes free to a lane that was crowded out', () => {
    const before = busy();
    const call = before.calls.at(-1)?.call ?? 0;
    const fault = {kind: 'throttled', name: 'ThrottlingException', message: 'too many'} as const;
    const {now} = before;
    const after = evolve(before, {type: 'call-failed', call, ms: 1, fault, retryAt: now + 1000, at: now});
    const {calls} = decide(program, after, now, () => 'token');
    // Each Region has two looks that go on at the same time.
    const first = program.limits.maxConcurrency / 2;
    expect(calls.map(({intent}) => intent.region)).toEqual([`xx-lane-${first}`]);
  });

  it('looks only at the items that are under way or next to be started', () => {
    const looked = new Set<string>();
    const items = SharedList.of(
      Array.from({length: many}, (_, index): ItemProgress => {
        const status = index < many / 2 ? 'done' : index === many / 2 ? 'calling' : 'todo';
        const item: ItemProgress = {...progress(status), key: `${index}`};
        return new Proxy(item, {
          get: (target, name) => {
            looked.add(target.key);
            return Reflect.get(target, name) as unknown;
          },
        });
      }),
    );
    openItems(items, 4);
    looked.clear();
    expect(openItems(items.with(many / 2 + 1, progress('calling')), 4)).toHaveLength(6);
    expect(looked.size).toBeLessThan(few);
  });
});

function progress(status: ItemProgress['status'], doubtful = false): ItemProgress {
  const item = {key: '', value: null, status, phase: 'call', attempt: 0, page: 1, polls: 0} as const;
  return doubtful ? {...item, doubtful} : item;
}

describe('what is remembered of lanes at rest', () => {
  it('never decides otherwise than looking at each lane would', () => {
    const narrow: Program = {...program, limits: {...program.limits, maxConcurrency: 2}};
    const other: Program = {...program, runbook: {...program.runbook, steps: []}};
    for (const {events} of recordings) {
      let state = initialState;
      for (const event of events) {
        state = evolve(state, event);
        for (const [one, later] of [
          [narrow, 0],
          [other, 0],
          [program, 0],
          [program, 5000],
          [narrow, 3_600_000],
          [program, 0],
        ] as const) {
          const now = state.now + later;
          expect(decide(one, state, now, () => 'token')).toEqual(
            decide(one, forgotten(state), now, () => 'token'),
          );
        }
      }
    }
  });

  it('leaves out no item that has not ended, but those that are not their turn', () => {
    const kind = fc.constantFrom('todo', 'calling', 'waiting', 'done', 'failed', 'doubtful');
    const runs = fc.array(fc.record({kind, length: fc.integer({min: 1, max: 80})}), {maxLength: 8});
    fc.assert(
      fc.property(runs, fc.nat(6), (some, most) => {
        const items = some.flatMap(({kind: one, length}) =>
          Array.from({length}, () => (one === 'doubtful' ? progress('todo', true) : progress(one))),
        );
        const todo = items.filter((item) => item.status === 'todo' && item.doubtful !== true);
        const left = new Set([...items.filter((item) => !todo.includes(item)), ...todo.slice(0, most)]);
        const open = items.filter(({status}) => status !== 'done' && status !== 'failed');
        expect(openItems(SharedList.of(items), most)).toEqual(open.filter((item) => left.has(item)));
      }),
    );
  });
});

/** The same state, made of objects of which nothing is remembered. */
function forgotten(state: RunState): RunState {
  return {...state, lanes: state.lanes.map((lane) => ({...lane}))};
}
