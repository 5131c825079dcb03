import {execFileSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import type {Measured} from './scale/one.ts';
import {plotOf, type Series} from './scale/plot.ts';
import {powerOf, type Point} from './scale/power.ts';
import {median} from './support/median.ts';
import {node} from './support/subjects.ts';

// How time and memory grow: npm run benchmark:scale -- [--runs 3] [--svg docs/scale.svg]
const {values} = parseArgs({options: {runs: {type: 'string'}, svg: {type: 'string'}}});
const runs = Number(values.runs ?? 3);

/** Time should grow with no higher power of the size. */
const highestPower = 1.1;
/** Largest resident set that a process with the most lanes should have, in MB. */
const highestPeak = 300;

interface Kind {
  readonly name: 'builds' | 'lanes' | 'events';
  readonly title: string;
  readonly sizes: readonly number[];
  readonly color: string;
}
const kinds: readonly Kind[] = [
  {name: 'builds', title: 'builds and pipelines of a Region', sizes: [100, 1000, 10_000], color: '#0072b2'},
  {name: 'lanes', title: 'lanes (Regions × accounts)', sizes: [170, 1700, 17_000], color: '#c04a00'},
  {name: 'events', title: 'events read back', sizes: [10_000, 100_000, 1_000_000], color: '#00805c'},
];

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const goal = (name: string, met: boolean): string => `(goal ${name}: ${met ? 'met' : 'NOT MET'})`;
const time: Series[] = [];
const memory: Series[] = [];

for (const {name, title, sizes, color} of kinds) {
  const all = sizes.map((size) => ({size, ...measured(name, size)}));
  const cpu = all.map((one) => ({size: one.size, value: one.cpu}));
  // A garbage collection may also find something that was there before.
  const kept = all.map((one) => ({size: one.size, value: Math.max(1000, one.kept) / 1e6}));
  say(title);
  for (const [index, one] of all.entries()) say(lineOf(one, cpu[index], kept[index]));
  const power = powerOf(cpu);
  const last = powerOf(cpu.slice(-2)).toFixed(2);
  const powers = `${power.toFixed(2)}, over the last two sizes ${last}`;
  say(`  time grows with size to the power of ${powers} ${goal(`≤ ${highestPower}`, power <= highestPower)}`);
  const keptPower = powerOf(kept).toFixed(2);
  say(`  what is kept grows with size to the power of ${keptPower}`);
  if (name === 'lanes') {
    const peak = Math.max(...all.map(({peakMB}) => peakMB));
    say(`  ${peak.toFixed(0)} MB at the highest peak ${goal(`≤ ${highestPeak} MB`, peak <= highestPeak)}`);
  }
  time.push({name: `${title}: size to the power of ${power.toFixed(2)}`, color, points: cpu});
  const peaks = all.map(({size, peakMB}) => ({size, value: peakMB}));
  memory.push(
    {name: `kept for ${name}: size to the power of ${keptPower}`, color, points: kept},
    {name: `the whole process, ${name}`, color, dashed: true, points: peaks},
  );
}
if (values.svg !== undefined) {
  const limit = {value: highestPeak, name: `goal for 17,000 lanes: ${highestPeak} MB`};
  writeFileSync(
    values.svg,
    plotOf([
      {title: 'Time (seconds of CPU)', series: time},
      {title: 'Memory (MB)', series: memory, limit},
    ]),
  );
}

/** `kept` in MB, like the peak. */
function lineOf(one: Measured & {size: number}, cpu?: Point, kept?: Point): string {
  const each = ({value}: Point = {size: 1, value: 0}): string =>
    ((value / one.size) * 1e6).toFixed(0).padStart(5);
  return (
    `  ${String(one.size).padStart(9)}  ${one.cpu.toFixed(2).padStart(6)} s CPU, ${each(cpu)} µs each` +
    `  ${one.peakMB.toFixed(0).padStart(4)} MB at the peak, ${each(kept)} bytes of each kept`
  );
}

function measured(kind: string, size: number): Measured {
  const program = join(import.meta.dirname, 'scale/one.ts');
  const args = ['--expose-gc', '--import', 'tsx', program, kind, String(size)];
  const all = Array.from(
    {length: runs},
    () => JSON.parse(execFileSync(node, args, {encoding: 'utf8'})) as Measured,
  );
  const of = (name: keyof Measured): number => median(all.map((one) => one[name]));
  return {cpu: of('cpu'), peakMB: of('peakMB'), kept: of('kept')};
}
