import * as fc from 'fast-check';
import {beforeAll, describe, expect, it} from 'vitest';
import {play} from '../engine/play.ts';
import {everyRecording, type Recorded} from '../engine/recordings.ts';
import {endOf, type SmallWorld} from '../engine/small-world.ts';

let recordings: readonly Recorded[];
beforeAll(async () => {
  recordings = await everyRecording();
});

/**
 * Goes on with a recording that was cut off after `cut` records, in the world as it was when the next one was about
 * to be written. What is left of a write that was cut in two does not count, as when a journal is read.
 */
async function goOnFrom(recording: Recorded, cut: number, laterMs: number, seed: number): Promise<void> {
  const moment = recording.moments[cut] ?? {world: recording.world, now: recording.state.now};
  const length = Math.max(1, cut < recording.moments.length ? recording.moments.indexOf(moment) : cut);
  const {failing} = recording;
  const {state, world} = await play({
    world: structuredClone(moment.world),
    events: recording.events.slice(0, length),
    startMs: moment.now + laterMs,
    seed,
    ...(failing === undefined ? {} : {failing}),
  });
  expect(state.ended?.status).toBe(recording.status);
  expect(settled(world)).toEqual(settled(recording.left));
  for (const requests of Object.values(world.changedWith)) expect(requests).toHaveLength(1);
}

/** Which builds were told to stop; when is of no account. */
function settled(world: SmallWorld): unknown {
  return JSON.parse(
    JSON.stringify(endOf(world), (_key, value: unknown) => (typeof value === 'number' ? 'told' : value)),
  );
}

describe('going on from any prefix of a journal', () => {
  it('has recordings of every kind to go on from', () => {
    expect(recordings.map(({name, status}) => [name, status])).toEqual([
      ['calm', 'done'],
      ['relapse', 'done'],
      ['a fifth failing', 'done'],
      ['denied', 'blocked'],
      ['interrupted', 'done'],
    ]);
    for (const {events} of recordings) expect(events.length).toBeGreaterThan(30);
  });

  it('comes to the same end, from every write of every recording', async () => {
    for (const recording of recordings) {
      if (recording.status === 'done' && recording.state.interrupted === undefined) {
        expect(recording.events.at(-1)?.type).toBe('run-ended');
      }
      // Without a first record there is no run; with the last one of a finished run nothing is left to do.
      const last = recording.status === 'done' && recording.state.ended !== undefined ? 1 : 0;
      for (let length = 1; length <= recording.events.length - last; length += 1) {
        // Every cut within a write comes to the same.
        if (length > 1 && recording.moments[length] === recording.moments[length - 1]) continue;
        await goOnFrom(recording, length, 0, length);
      }
    }
  });

  it('comes to the same end whatever the time that passed and the order of answers', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(recordings.length - 1),
        fc.nat(),
        fc.constantFrom(0, 10_000, 60_000, 600_000),
        fc.nat(),
        async (which, at, laterMs, seed) => {
          const recording = recordings[which];
          if (recording === undefined) return;
          const lengths = recording.events.length - 1;
          await goOnFrom(recording, 1 + (at % (lengths - 1)), laterMs, seed);
        },
      ),
      {numRuns: 200, seed: 1},
    );
  });
});
