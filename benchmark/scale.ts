import {execFileSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {exponentOf, plotOf, type Series} from './scale/plot.ts';
import {median} from './support/median.ts';
import {node} from './support/subjects.ts';

// How time and memory grow: npm run benchmark:scale -- [--runs 3] [--svg FILE]
const {values} = parseArgs({options: {runs: {type: 'string'}, svg: {type: 'string'}}});
const runs = Number(values.runs ?? 3);
const kinds: Readonly<Record<string, {readonly title: string; readonly sizes: readonly number[]}>> = {
  builds: {title: 'builds and pipelines of a Region', sizes: [100, 1000, 10_000]},
  lanes: {title: 'lanes (Regions × accounts)', sizes: [170, 1700, 17_000]},
  events: {title: 'events read back', sizes: [10_000, 100_000, 1_000_000]},
};

interface Point {
  readonly seconds: number;
  readonly cpu: number;
  readonly peakMiB: number;
}

const series: Series[] = [];
for (const [kind, {title, sizes}] of Object.entries(kinds)) {
  const idle = measured(kind === 'events' ? 'events' : 'lanes', 1);
  const points = sizes.map((size) => ({size, ...measured(kind, size)}));
  // What any run takes, however small, says nothing about growth.
  const cpu = points.map(({size, cpu: all}) => ({size, value: Math.max(0.001, all - idle.cpu)}));
  const memory = points.map(({size, peakMiB}) => ({size, value: Math.max(0.1, peakMiB - idle.peakMiB)}));
  process.stdout.write(`${title}\n`);
  for (const [index, {size, cpu: all, peakMiB}] of points.entries()) {
    const each = ((cpu[index]?.value ?? 0) / size) * 1e6;
    process.stdout.write(
      `  ${String(size).padStart(9)}  ${all.toFixed(2).padStart(8)} s CPU  ${peakMiB.toFixed(0).padStart(5)} MiB  ${each.toFixed(0).padStart(6)} µs each\n`,
    );
  }
  process.stdout.write(
    `  time grows with size to the power of ${exponentOf(cpu).toFixed(2)}, memory ${exponentOf(memory).toFixed(2)}\n`,
  );
  series.push({title: `${title}: CPU seconds`, points: cpu}, {title: `${title}: MiB`, points: memory});
}
if (values.svg !== undefined) writeFileSync(values.svg, plotOf(series));

function measured(kind: string, size: number): Point {
  const program = join(import.meta.dirname, 'scale/one.ts');
  const points = Array.from({length: runs}, () => {
    const output = execFileSync(node, ['--import', 'tsx', program, kind, String(size)], {encoding: 'utf8'});
    return JSON.parse(output) as Point;
  });
  const of = (name: keyof Point): number => median(points.map((point) => point[name]));
  return {seconds: of('seconds'), cpu: of('cpu'), peakMiB: of('peakMiB')};
}
