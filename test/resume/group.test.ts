import {join} from 'node:path';
import {afterEach, describe, expect, it} from 'vitest';
import {inputsOf, openBench, type Bench} from './cut-off.ts';
import {oneRegion} from './one-region.ts';

const runbook = join(import.meta.dirname, 'grouped-looks.yaml');

let bench: Bench;
afterEach(() => bench.close());

/** What became of each step, as the journal has it. */
function fates(): readonly string[] {
  return bench
    .events()
    .flatMap((event) =>
      event.type === 'step-succeeded' || event.type === 'step-skipped' ? [`${event.step} ${event.type}`] : [],
    );
}

describe('a run that is cut off within a group', () => {
  it('goes on with the group’s next step, and looks at nothing twice', async () => {
    bench = await openBench(oneRegion());
    bench.cutOffAt('ListAttachedRolePolicies', 'arrived');
    await bench.begin({}, {runbook});
    expect(fates()).toEqual(['role step-succeeded']);
    const {exitCode} = await bench.goOn();
    expect(exitCode).toBe(0);
    expect(fates()).toEqual(['role step-succeeded', 'policies step-succeeded', 'last step-succeeded']);
    expect(inputsOf(bench, 'GetRole')).toHaveLength(1);
  });

  it('whose condition does not hold leaves out all of it, and goes on after it', async () => {
    bench = await openBench(oneRegion());
    const {exitCode} = await bench.begin({}, {runbook, inputs: ['find=false']});
    expect(exitCode).toBe(0);
    expect(fates()).toEqual(['role step-skipped', 'policies step-skipped', 'last step-succeeded']);
    expect(inputsOf(bench, 'GetRole')).toEqual([]);
    const [started] = bench.events();
    expect(started).toMatchObject({steps: [{group: 'Find'}, {group: 'Find'}, {id: 'last'}]});
  });
});
