import {afterEach, describe, expect, it} from 'vitest';
import {inputsOf, openBench, type Bench, type Manner} from './cut-off.ts';
import {oneRegion} from './one-region.ts';

let bench: Bench;
afterEach(() => bench.close());

/** Leaves the run in front of the deletion: everything was looked at, and nothing of the deletion was sent. */
const beforeDeletion: Manner = {
  published: ({account}, _events, hands) => {
    if (account.results['consent'] !== undefined) hands.stop();
  },
};

/** A build that starts while nobody looks: as the resumed process asks who is calling. It ends by itself. */
function withLateBuild(): ReturnType<typeof oneRegion> {
  return oneRegion({
    builds: {...oneRegion().builds, lastSeconds: 200},
    surprises: [{upon: 'sts:GetCallerIdentity', nth: 2, startBuild: {region: 'us-east-1', name: 'late'}}],
  });
}

/** What the resumed process saw running, look by look. */
function seenRunning({events}: {readonly events: Bench['events']}): readonly unknown[] {
  const resumed = events().findIndex(({type}) => type === 'resumed');
  return events()
    .slice(resumed)
    .flatMap((event) =>
      event.type === 'step-succeeded' && event.step === 'lastBuilds' ? [event.summary] : [],
    );
}

describe('a run that is resumed in front of its deletion', () => {
  it('looks at the world again after half a minute, and finds a build that has appeared', async () => {
    bench = await openBench(withLateBuild());
    expect(await bench.begin(beforeDeletion)).toMatchObject({exitCode: 130});
    expect(inputsOf(bench, 'DeleteServiceLinkedRole')).toEqual([]);
    bench.wait(30_000);
    const {exitCode} = await bench.goOn();
    expect(exitCode).toBe(0);
    expect(bench.events().find(({type}) => type === 'resumed')).toMatchObject({
      lookAgainFrom: expect.any(String),
    });
    expect(seenRunning(bench)).toEqual(['1 running', '0 running']);
    // It was stopped before the deletion, which succeeded the first time.
    expect(inputsOf(bench, 'CancelImageCreation')).not.toEqual([]);
    expect(inputsOf(bench, 'DeleteServiceLinkedRole')).toHaveLength(1);
  });

  it('asks for the consent anew, unless it was given once and for all', async () => {
    bench = await openBench(oneRegion());
    await bench.begin(beforeDeletion);
    bench.wait(30_000);
    expect(await bench.goOn()).toMatchObject({exitCode: 0, questions: []});
    const summaries = bench
      .events()
      .flatMap((event) =>
        event.type === 'step-succeeded' && event.step === 'consent' ? [event.summary] : [],
      );
    expect(summaries).toEqual(['confirmed', 'confirmed before']);
  });

  it('goes straight on when hardly any time has passed', async () => {
    bench = await openBench(oneRegion());
    await bench.begin(beforeDeletion);
    expect(await bench.goOn()).toMatchObject({exitCode: 0});
    const events = bench.events();
    expect(events.find(({type}) => type === 'resumed')).not.toHaveProperty('lookAgainFrom');
    const started = events.flatMap((event) => (event.type === 'step-started' ? [event.step] : []));
    expect(new Set(started).size).toBe(started.length);
  });
});
