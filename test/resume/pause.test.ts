import {join} from 'node:path';
import {afterEach, describe, expect, it} from 'vitest';
import {moment} from '../../source/text/time.ts';
import {summaryText} from '../../source/wording/run-summary.ts';
import {inputsOf, openBench, type Bench} from './cut-off.ts';
import {oneRegion} from './one-region.ts';

const runbook = join(import.meta.dirname, 'pausing.yaml');
const minute = 60_000;

let bench: Bench;
afterEach(() => bench.close());

/** Begins the run and interrupts it in its pause. Returns the end of the pause and the last lines. */
async function leftInPause(
  inputs: readonly string[] = [],
): Promise<{readonly end: number; readonly left: number; readonly said: string}> {
  bench = await openBench(oneRegion());
  const {closing} = await bench.begin(
    {
      published: (_, events, {stop}) => {
        if (
          events.some(
            ({type, ...event}) => type === 'step-started' && 'step' in event && event.step === 'rest',
          )
        )
          stop();
      },
    },
    {runbook, inputs},
  );
  const [end = NaN] = deadlines();
  return {end, left: closing.state.now, said: summaryText(closing)};
}

function deadlines(): readonly number[] {
  return bench
    .events()
    .flatMap((event) =>
      event.type === 'step-started' && event.step === 'rest' ? [event.deadline ?? NaN] : [],
    );
}

function endedAt(): number {
  return bench.events().find((event) => event.type === 'step-succeeded' && event.step === 'rest')?.at ?? NaN;
}

describe('a run that is left in a pause', () => {
  it('says when the pause ends, and waits for just that when it is resumed before', async () => {
    const {end, left, said} = await leftInPause();
    // With its date, where that is another day than that of the leaving.
    expect(said).toContain(`“Let it settle” ends at ${moment(end, left)}`);
    const {exitCode} = await bench.goOn();
    expect(exitCode).toBe(0);
    expect(new Set(deadlines())).toEqual(new Set([end]));
    expect(endedAt()).toBeGreaterThanOrEqual(end);
    expect(endedAt()).toBeLessThan(end + 5 * minute);
  });

  it('goes on at once when it is resumed after the end, and has looked again at what came before', async () => {
    const {end} = await leftInPause(['pause=1h']);
    bench.wait(end - bench.account.clock.now() + minute);
    const resumedAt = bench.account.clock.now();
    const {exitCode} = await bench.goOn();
    expect(exitCode).toBe(0);
    expect(deadlines()).toEqual([end, end]);
    expect(endedAt()).toBeGreaterThanOrEqual(resumedAt);
    expect(inputsOf(bench, 'ListAttachedRolePolicies')).toHaveLength(1);
  });
});
