import {describe, expect, it} from 'vitest';
import {play, type Recording} from '../engine/play.ts';
import {buildArn, smallWorld, type SmallWorld} from '../engine/small-world.ts';

const startMs = Date.UTC(2026, 0, 1);
const farFuture = 2 ** 52;

/** A world with a build that goes on, whatever it is told. */
function stubborn(): SmallWorld {
  const world = smallWorld();
  const home = world.regions['eu-west-1'];
  if (home !== undefined) home.builds[buildArn('a')] = farFuture;
  return world;
}

/** A run that was interrupted while it waited for the builds to end. */
async function interruptedWait(): Promise<Recording> {
  let polls = 0;
  return play({
    world: stubborn(),
    startMs,
    seed: 1,
    interruptAt: (events) => {
      polls += events.filter((event) => event.type === 'call-started' && event.phase === 'poll').length;
      return polls > 8;
    },
  });
}

function deadlinesIn({events}: Recording): readonly unknown[] {
  return events.flatMap((event) =>
    event.type === 'step-started' && event.step === 'quiet' && event.region === 'eu-west-1'
      ? [event.deadline]
      : [],
  );
}

describe("a wait's deadline", () => {
  it('survives a resumption: it is not set anew, and the wait ends by it', async () => {
    const left = await interruptedWait();
    const [deadline] = deadlinesIn(left);
    const later = left.state.now + 1_000_000;
    const {state, events, ...rest} = await play({...left, startMs: later, seed: 2});
    expect(deadlinesIn({state, events, ...rest})).toEqual([deadline]);
    const failed = events.find((event) => event.type === 'item-failed');
    expect(failed).toMatchObject({fault: {name: 'WaiterTimedOut'}});
    expect(failed?.at).toBeGreaterThanOrEqual(Number(deadline));
    expect(failed?.at).toBeLessThan(Number(deadline) + 1000);
  });

  it('that passed while nobody looked still has its last look', async () => {
    const left = await interruptedWait();
    const home = left.world.regions['eu-west-1'];
    if (home !== undefined) home.builds[buildArn('a')] = 0;
    const {state} = await play({...left, startMs: left.state.now + 10_000_000, seed: 2});
    expect(state.ended?.status).toBe('done');
  });

  it('that has passed is set anew once the operator resumes the failed run', async () => {
    const left = await interruptedWait();
    const failed = await play({...left, startMs: left.state.now + 10_000_000, seed: 2});
    expect(failed.state.ended?.status).not.toBe('done');
    const again = await play({...failed, startMs: failed.state.now + 1000, seed: 3});
    const deadlines = deadlinesIn(again);
    expect(deadlines.length).toBeGreaterThan(1);
    expect(Number(deadlines.at(-1))).toBeGreaterThan(Number(deadlines[0]));
  });
});
