import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {measure} from '../support/measure.ts';
import {median} from '../support/median.ts';
import {simulate} from '../support/simulator.ts';
import {watchingStalls, type Stalls} from '../support/stalls.ts';
import {environment, handrailAtDefaults} from '../support/subjects.ts';
import {mebibytes, milliseconds, type Section} from '../table.ts';

const scenario = join(import.meta.dirname, '../scenarios/long-lists.yaml');

/** Row 9: how long the event loop stands still while long lists are read. */
export async function longListRows(runs: number, say: (text: string) => void): Promise<Section> {
  const results: (Stalls & {readonly peakKiB: number})[] = [];
  for (let run = 1; run <= runs; run += 1) {
    const result = await once();
    say(`long lists: ${run} longest ${result.longest.toFixed(0)} ms, ${result.above20} above 20 ms\n`);
    results.push(result);
  }
  const of = (name: keyof (typeof results)[number]): number => median(results.map((one) => one[name]));
  return {
    title: `9. ${loadScenario(scenario).title}`,
    rows: [
      {
        name: 'the longest stall of the event loop, its time of the processor',
        figure: milliseconds(of('longest')),
        goal: '≤ 20 ms',
        met: of('longest') <= 20,
      },
      {name: 'stalls above 20 ms', figure: String(of('above20'))},
      {name: 'peak memory', figure: mebibytes(of('peakKiB'))},
    ],
  };
}

async function once(): Promise<Stalls & {readonly peakKiB: number}> {
  const simulator = await simulate(scenario);
  const home = mkdtempSync(join(tmpdir(), 'handrail-benchmark-'));
  const watched = watchingStalls(home);
  try {
    const {peakKiB} = await measure(handrailAtDefaults.command, {
      ...environment(simulator.endpoint, home),
      XDG_STATE_HOME: join(home, 'state'),
      ...watched.env,
    });
    if (!(await simulator.report()).roleIsGone) throw new Error('the role was not deleted');
    return {...watched.stalls(), peakKiB};
  } finally {
    simulator.stop();
    rmSync(home, {recursive: true, force: true});
  }
}
