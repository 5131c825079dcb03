/**
 * Measures the cost of the screen in a real pseudo-terminal of 100×40 with 34 Regions: `npm run
 * benchmark:screen`. docs/benchmarks.md describes it. Exits with 1 when a goal is missed.
 */
import {cpus, loadavg} from 'node:os';
import {Scene} from './pty.ts';

/** Duration of each scene, in s. */
const seconds = Number(process.env['BENCHMARK_SECONDS'] ?? 15);
/** Keys pressed for a latency. */
const presses = 120;

interface Row {
  readonly what: string;
  readonly goal: string;
  readonly measured: string;
  readonly met: boolean;
  readonly inkDefaults: string;
  readonly listr2?: string;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Output of a scene in KiB/s, and its share of a core. */
async function rate(name: string): Promise<{kib: number; cpu: number}> {
  const scene = new Scene(name);
  await scene.ready();
  const before = scene.bytes;
  await pause(seconds * 1000);
  const kib = (scene.bytes - before) / 1024 / seconds;
  const {cpuShare} = await scene.end();
  return {kib, cpu: cpuShare};
}

/** The longest that the event loop stood still while the terminal read 3 KB/s, in ms. */
async function stall(): Promise<number> {
  const scene = new Scene('flood');
  await scene.ready();
  scene.throttle(3000);
  await pause(seconds * 1000);
  return (await scene.end()).worstStallMs;
}

/** From a key to the first byte of its frame, in ms: the 95th percentile. */
async function latency(name: string, keys: readonly string[]): Promise<number> {
  const scene = new Scene(name);
  await scene.ready();
  // Away from the first row: a key that changes nothing draws nothing.
  for (const key of [down, down]) {
    scene.press(key);
    await pause(500);
  }
  const taken: number[] = [];
  for (let press = 0; press < presses; press += 1) {
    // Uneven gaps, so that keys meet the once-a-second frame at any phase.
    await pause(90 + ((press * 37) % 110));
    const at = performance.now();
    const output = scene.output();
    scene.press(keys[press % keys.length] ?? '');
    await output;
    taken.push(performance.now() - at);
  }
  await scene.end();
  return taken.toSorted((a, b) => a - b)[Math.floor(presses * 0.95) - 1] ?? Infinity;
}

const down = '\u001B[B';
const up = '\u001B[A';
const pageDown = '\u001B[6~';
const pageUp = '\u001B[5~';

const waiting = await rate('waiting');
const changing = await rate('changing');
const listrWaiting = await rate('listr2-waiting');
const listrChanging = await rate('listr2-changing');
const stalled = await stall();
const key = await latency('waiting', [down, up]);
// Each page forth has its page back: a key at the list's end changes nothing, and draws nothing.
const fleetWaiting = await rate('fleet-waiting');
const fleetChanging = await rate('fleet-changing');
const fleetKey = await latency('fleet-unfolded', [down, down, pageDown, up, up, pageUp]);
const fleetBusyKey = await latency('fleet-busy', [down, down, pageDown, up, up, pageUp]);
const fleetTyped = await latency('fleet-asked', ['a', '\u007F']);
const many = await latency('many', [down, down, pageDown, up, up, pageUp]);

const kib = (value: number): string => `${value.toFixed(2)} KiB/s`;
const ms = (value: number): string => `${value.toFixed(0)} ms`;
const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;

const rows: readonly Row[] = [
  {
    what: 'bytes, all Regions waiting',
    goal: '≤ 0.3 KiB/s',
    measured: kib(waiting.kib),
    met: waiting.kib <= 0.3,
    inkDefaults: '45 KiB/s',
    listr2: kib(listrWaiting.kib),
  },
  {
    what: 'bytes, all changing once a second',
    goal: '≤ 5 KiB/s',
    measured: kib(changing.kib),
    met: changing.kib <= 5,
    inkDefaults: '45 KiB/s',
    listr2: kib(listrChanging.kib),
  },
  {
    what: 'CPU while waiting',
    goal: '≤ 2.5 %',
    measured: percent(waiting.cpu),
    met: waiting.cpu <= 0.025,
    inkDefaults: '10 %',
    listr2: percent(listrWaiting.cpu),
  },
  {
    what: 'event-loop stall, reading 3 KB/s',
    goal: '≤ 60 ms',
    measured: ms(stalled),
    met: stalled <= 60,
    inkDefaults: '6,400 ms',
  },
  {what: 'key to frame, p95', goal: '≤ 50 ms', measured: ms(key), met: key <= 50, inkDefaults: '45 ms'},
  {
    what: '5,000 rows, key to frame, p95',
    goal: '≤ 60 ms',
    measured: ms(many),
    met: many <= 60,
    inkDefaults: '148 ms',
  },
  {
    what: 'a fleet of 500 accounts, bytes, waiting',
    goal: '≤ 0.3 KiB/s',
    measured: kib(fleetWaiting.kib),
    met: fleetWaiting.kib <= 0.3,
    inkDefaults: '',
  },
  {
    what: 'the same, 340 calls a second',
    goal: '≤ 5 KiB/s',
    measured: kib(fleetChanging.kib),
    met: fleetChanging.kib <= 5,
    inkDefaults: '',
  },
  {
    what: 'the same, CPU while waiting',
    goal: '≤ 2.5 %',
    measured: percent(fleetWaiting.cpu),
    met: fleetWaiting.cpu <= 0.025,
    inkDefaults: '',
  },
  {
    what: 'the same, every account a row, key to frame, p95',
    goal: '≤ 60 ms',
    measured: ms(fleetKey),
    met: fleetKey <= 60,
    inkDefaults: '',
  },
  {
    what: 'the same, with 340 calls a second',
    goal: '≤ 60 ms',
    measured: ms(fleetBusyKey),
    met: fleetBusyKey <= 60,
    inkDefaults: '',
  },
  {
    what: 'a wave of 440 accounts, typed key to frame, p95',
    goal: '≤ 60 ms',
    measured: ms(fleetTyped),
    met: fleetTyped <= 60,
    inkDefaults: '',
  },
];

const table = [
  ['what', 'goal', 'measured', 'met', "Ink's defaults", 'listr2'],
  ...rows.map((row) => [
    row.what,
    row.goal,
    row.measured,
    row.met ? 'yes' : 'NO',
    row.inkDefaults,
    row.listr2 ?? '',
  ]),
];
const widths = (table[0] ?? []).map((_, column) =>
  Math.max(...table.map((cells) => (cells[column] ?? '').length)),
);
const line = (cells: readonly string[]): string =>
  `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |\n`;
const [heading = [], ...body] = table;
process.stdout.write(
  `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, ${seconds} s each, load ${loadavg()[0]?.toFixed(1)}\n\n` +
    line(heading) +
    line(widths.map((columns) => '-'.repeat(columns))) +
    body.map(line).join(''),
);
process.exitCode = rows.every(({met}) => met) ? 0 : 1;
