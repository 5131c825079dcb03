import {existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {program} from '../../scripts/build/program.ts';
import {firstFrame} from '../support/first-frame.ts';
import {measure} from '../support/measure.ts';
import {median} from '../support/median.ts';
import {simulate} from '../support/simulator.ts';
import {environment, node, root} from '../support/subjects.ts';
import {milliseconds, times, type Row, type Section} from '../table.ts';

/** Row 2: from the start of the process to the first frame on a terminal. */
export async function startRows(runs: number): Promise<Section> {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-benchmark-'));
  const simulator = await simulate(join(import.meta.dirname, '../scenarios/removal.yaml'));
  const env = {...environment(simulator.endpoint, folder), XDG_STATE_HOME: join(folder, 'state')};
  try {
    // Bundled the same way and started through the same file, so that Node caches compiled code for both.
    await program('benchmark/hello-ink.tsx', join(folder, 'hello'));
    const script = join(root, 'dist/handrail.cjs');
    const run = ['run', 'delete-service-linked-role', '--plan'];
    const executable = join(root, 'dist/executables', `handrail-linux-${process.arch}`);
    const subjects = {
      bare: () => measure([node, '-e', '0'], env).then(({wall}) => wall * 1000),
      hello: () => firstFrame([node, join(folder, 'hello/handrail.cjs')], 'Hello, world', env),
      run: () => firstFrame([node, script, ...run], 'Handrail', env),
      demo: () => firstFrame([node, script, 'demo'], 'Handrail', env),
      home: () => firstFrame([node, script], 'Handrail', env),
      start: () => firstFrame([node, join(root, 'scripts/start.mjs'), 'demo'], 'Handrail', env),
      ...(existsSync(executable)
        ? {executable: () => firstFrame([executable, ...run], 'Handrail', env)}
        : {}),
    };
    const taken = await inTurn(subjects, runs);
    return {title: '2. Start to first frame', rows: rowsOf(taken)};
  } finally {
    simulator.stop();
    rmSync(folder, {recursive: true, force: true});
  }
}

/**
 * Returns medians of subjects that take turns, so that drift of the machine meets all alike. The first round
 * does not count: Node fills its compile cache then.
 */
async function inTurn(
  subjects: Readonly<Record<string, () => Promise<number>>>,
  runs: number,
): Promise<ReadonlyMap<string, number>> {
  const taken = new Map(Object.keys(subjects).map((name): [string, number[]] => [name, []]));
  for (let round = 0; round <= runs; round += 1) {
    for (const [name, subject] of Object.entries(subjects)) {
      const ms = await subject();
      if (round > 0) taken.get(name)?.push(ms);
    }
  }
  return new Map([...taken].map(([name, values]) => [name, median(values)]));
}

function rowsOf(taken: ReadonlyMap<string, number>): readonly Row[] {
  const at = (name: string): number => taken.get(name) ?? Number.NaN;
  const hello = at('hello');
  const ratio = at('run') / hello;
  const executable = at('executable');
  return [
    {
      name: 'node -e 0, to its end',
      figure: milliseconds(at('bare')),
      ratio: times(at('bare') / hello, 'hello'),
    },
    {name: 'hello-world Ink app, bundled the same way', figure: milliseconds(hello)},
    {
      name: 'handrail run, AWS clients loaded afterwards',
      figure: milliseconds(at('run')),
      ratio: times(ratio, 'hello'),
      goal: '≤ 1.6 × hello',
      met: ratio <= 1.6,
    },
    {
      name: 'handrail demo, which starts a simulator first',
      figure: milliseconds(at('demo')),
      ratio: times(at('demo') / hello, 'hello'),
    },
    {
      name: 'handrail, the home screen',
      figure: milliseconds(at('home')),
      ratio: times(at('home') / hello, 'hello'),
      goal: '≤ 1.3 × hello',
      met: at('home') / hello <= 1.3,
    },
    {
      name: "npm start in a clone, after npm's own start",
      figure: milliseconds(at('start')),
      ratio: times(at('start') / hello, 'hello'),
      goal: '≤ 350 ms',
      met: at('start') <= 350,
    },
    taken.has('executable')
      ? {
          name: 'the executable: run',
          figure: milliseconds(executable),
          ratio: times(executable / at('run'), "the bundle's"),
          goal: "≤ 150 ms or ≤ 1.5 × the bundle's",
          met: executable <= 150 || executable / at('run') <= 1.5,
        }
      : {name: 'the executable', figure: 'skipped: npm run build:executables makes it'},
  ];
}
