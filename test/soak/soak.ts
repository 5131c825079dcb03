import {fork} from 'node:child_process';
import {mkdtempSync, readdirSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {PassThrough} from 'node:stream';
import {parseArgs} from 'node:util';
import {writeHeapSnapshot} from 'node:v8';
import {simulatedCredentials} from '../../source/runs/simulated-credentials.ts';
import {execute} from '../../source/runs/start-run.ts';
import {inputValues} from '../../source/runbook/inputs.ts';
import {loadRunbook} from '../../source/runbook/load/load.ts';
import {prepareInk} from '../../source/ui/choose-view.ts';
import {steppedClock} from './stepped-clock.ts';

/**
 * Waits for hours on a clock that goes by steps, with the whole program but its process: a screen, a journal, the SDK
 * and a simulator. `node --expose-gc --import tsx test/soak/soak.ts --hours 8 --poll 30` prints what has grown.
 */
const {values} = parseArgs({
  options: {
    hours: {type: 'string', default: '8'},
    poll: {type: 'string', default: '30'},
    /** Hours after which growth is measured from: by then everything is loaded, compiled and cached. */
    warm: {type: 'string', default: '0.5'},
    /** Most that the heap may grow, in MiB. */
    most: {type: 'string', default: '5'},
    /** Most that the journal may grow, in MiB: polls that find nothing new are folded. */
    journal: {type: 'string', default: '2'},
    /** Writes heap snapshots to files that begin so. */
    snapshots: {type: 'string'},
  },
});
/** Both in simulated seconds. */
const [end, warm] = [Math.round(Number(values.hours) * 3600), Math.round(Number(values.warm) * 3600)];
const markEvery = Math.max(60, Math.round(end / 16));

const simulator = fork(join(import.meta.dirname, 'simulator-child.ts'), {
  stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
});
const endpoint = await new Promise<string>((resolve) =>
  simulator.once('message', (it) => resolve(String(it))),
);

const env = {LANG: 'C.UTF-8', TERM: 'xterm-256color', COLORTERM: '', FORCE_COLOR: '1'};
prepareInk(env);
// As in the bundle: React's checks for developers take a third of the CPU.
process.env['NODE_ENV'] = 'production';
const {createScreen} = await import('../../source/ui/run/run-view.tsx');
let written = 0;
const stdout = Object.assign(new PassThrough(), {isTTY: true, columns: 100, rows: 40});
stdout.on('data', (bytes: Buffer) => {
  written += bytes.length;
});
const stdin = Object.assign(new PassThrough(), {
  isTTY: true,
  setRawMode: () => stdin,
  ref: () => stdin,
  unref: () => stdin,
});
const clock = steppedClock(Date.now());
const gently = new AbortController();
const view = createScreen({
  stdout: stdout as unknown as NodeJS.WriteStream,
  stdin: stdin as unknown as NodeJS.ReadStream,
  env,
  now: clock.now,
  onInterrupt: () => gently.abort('SIGINT'),
});
const stateHome = mkdtempSync(join(tmpdir(), 'handrail-soak-'));
let polls = 0;
const calls = {underWay: 0};
const loaded = loadRunbook(join(import.meta.dirname, 'wait.yaml'));
const over = execute(
  {
    loaded,
    inputs: inputValues(loaded.runbook, [`pollSeconds=${values.poll}`]),
    mode: 'live',
    simulation: true,
    regions: [],
    connection: {endpoint, credentials: simulatedCredentials},
    answers: {yes: false, confirm: [], everything: true, waive: []},
  },
  {
    view: {
      ...view,
      publish: (state, events) => {
        const ended = events.filter(({type}) => type === 'call-succeeded' || type === 'call-failed').length;
        polls += ended;
        calls.underWay += events.filter(({type}) => type === 'call-started').length - ended;
        view.publish(state, events);
      },
    },
    stopper: {
      interruption: {gently: gently.signal, atOnce: new AbortController().signal},
      stop: () => {},
      release: () => {},
    },
    clock,
    env: {XDG_STATE_HOME: stateHome},
  },
);

/** Lets a simulated second pass: what is asked in it is answered, and a frame is drawn, before the next one begins. */
async function second(): Promise<void> {
  for (let part = 0; part < 4; part += 1) {
    clock.step(250);
    for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
    while (calls.underWay > 0) await new Promise(setImmediate);
  }
  stdout.emit('resize');
}

interface Measure {
  readonly hour: number;
  readonly heap: number;
  readonly rss: number;
  readonly journal: number;
  readonly polls: number;
  readonly written: number;
  readonly cpu: number;
}

function measured(hour: number): Measure {
  for (let times = 0; times < 3; times += 1) globalThis.gc?.();
  const {heapUsed, external, rss} = process.memoryUsage();
  const {user, system} = process.cpuUsage();
  const folder = join(stateHome, 'handrail');
  const bytes = readdirSync(folder, {recursive: true, encoding: 'utf8'})
    .filter((file) => file.endsWith('.jsonl'))
    .reduce((total, file) => total + statSync(join(folder, file)).size, 0);
  return {hour, heap: heapUsed + external, rss, journal: bytes, polls, written, cpu: (user + system) / 1e6};
}

const mib = (bytes: number): string => (bytes / 2 ** 20).toFixed(1).padStart(7);
const row = ({hour, heap, rss, journal, polls: seen, written: bytes, cpu}: Measure): string =>
  `${hour.toFixed(2).padStart(6)} ${mib(heap)} ${mib(rss)} ${mib(journal)} ${String(seen).padStart(8)} ${(bytes / 1024).toFixed(0).padStart(9)} ${cpu.toFixed(1).padStart(7)}\n`;

process.stdout.write('  hour    heap     rss journal    polls   KiB out   CPU s\n');
while (calls.underWay === 0) await new Promise(setImmediate);
const marks: Measure[] = [];
for (let elapsed = 0; elapsed <= end; elapsed += 1) {
  if (elapsed % markEvery === 0 || elapsed === warm || elapsed === end) {
    const mark = measured(elapsed / 3600);
    marks.push(mark);
    process.stdout.write(row(mark));
    if (values.snapshots !== undefined && (elapsed === warm || elapsed === end)) {
      writeHeapSnapshot(`${values.snapshots}-${elapsed}.heapsnapshot`);
    }
  }
  await second();
}
gently.abort('SIGINT');
await over;
simulator.disconnect();
rmSync(stateHome, {recursive: true});
const from = marks.find(({hour}) => hour * 3600 >= warm);
const to = marks.at(-1);
if (from === undefined || to === undefined) throw new Error('it was not measured twice');
const grown = (to.heap - from.heap) / 2 ** 20;
const seconds = (to.hour - from.hour) * 3600;
process.stdout.write(
  `from ${from.hour} h to ${to.hour} h: heap ${grown.toFixed(1)} MiB more, journal ${mib(to.journal - from.journal).trim()} MiB more, ` +
    `${((to.written - from.written) / 1024 / seconds).toFixed(2)} KiB/s to the terminal, CPU ${((100 * (to.cpu - from.cpu)) / seconds).toFixed(2)} % of that time\n`,
);
const longer = (to.journal - from.journal) / 2 ** 20;
process.exit(grown <= Number(values.most) && longer <= Number(values.journal) ? 0 : 1);
