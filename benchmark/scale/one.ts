import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {modelsFor} from '../../source/aws/catalogue/operation-models.ts';
import {evolve, evolveAll, initialState} from '../../source/engine/evolve/evolve.ts';
import type {Event} from '../../source/engine/model/events.ts';
import {defaultLimits} from '../../source/engine/model/program.ts';
import {outlineOf} from '../../source/engine/outline.ts';
import {run} from '../../source/engine/run.ts';
import type {RunState} from '../../source/engine/model/state.ts';
import {parseRunbook} from '../../source/runbook/load/load.ts';
import {recordedEvents} from '../support/recording.ts';
import {stubAws} from './stub-aws.ts';

/** Result of one measurement in a separate process. */
export interface Measured {
  /** User and system seconds of the run itself: the process was warm. */
  readonly cpu: number;
  /** Largest resident set of the whole process, in MB (10⁶ bytes). */
  readonly peakMB: number;
  /** Bytes that the final state keeps alive. */
  readonly kept: number;
}

// One measurement: node --expose-gc one.ts builds|lanes|events SIZE. Prints it as JSON.
const [kind = '', sizeText = ''] = process.argv.slice(2);
/** Loading clients and compiling take the same for any size: a run that is measured is the second. */
const warmUp = 100;
await play(warmUp);
const liveBefore = live();
const cpuBefore = process.cpuUsage();
const state = await play(Number(sizeText));
const {user, system} = process.cpuUsage(cpuBefore);
const peakMB = (process.resourceUsage().maxRSS * 1024) / 1e6;
const measured: Measured = {cpu: (user + system) / 1e6, peakMB, kept: live() - liveBefore};
if (state.started === undefined) throw new Error('nothing was measured');
process.stdout.write(JSON.stringify(measured));

/** Bytes in use once all that nothing refers to is gone. */
function live(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

/** The state at the end of a run of that size. */
async function play(size: number): Promise<RunState> {
  if (kind === 'events') return evolveAll(initialState, recordedEvents(size));
  return kind === 'lanes' ? wholeRun(size, 1) : wholeRun(1, size);
}

/** `each`: builds in each lane, and as many pipelines. */
async function wholeRun(lanes: number, each: number): Promise<RunState> {
  const file = join(import.meta.dirname, 'runbook.yaml');
  const loaded = parseRunbook(file, readFileSync(file, 'utf8'));
  const operations = await modelsFor(loaded);
  const regions = Array.from({length: lanes}, (_, index) => `xx-lane-${index}`);
  const first: Event = {
    type: 'run-started',
    at: 0,
    run: 'scale',
    runbook: {name: 'scale', title: 'scale', file, text: '', sha256: ''},
    steps: outlineOf({runbook: loaded.runbook, operations}),
    inputs: {},
    mode: 'live',
    simulation: true,
    identity: {account: '123456789012', arn: 'arn:aws:iam::123456789012:user/kim', partition: 'aws'},
    regions,
    regionSource: 'named',
    notes: [],
    versions: {},
  };
  const never = new AbortController().signal;
  const state = await run({
    program: {runbook: loaded.runbook, operations, limits: defaultLimits, attended: false, waive: []},
    ports: {
      aws: stubAws(each, each),
      clock: {
        now: () => Date.now(),
        until: (at) => new Promise((go) => setTimeout(go, Math.max(0, at - Date.now()))),
      },
      // As a disk does, it takes a moment, in which more answers come in.
      journal: {append: () => new Promise((resolve) => setImmediate(resolve))},
      operator: {ask: async () => ({accepted: true, by: 'terminal'})},
      chance: {random: () => 0.5, token: () => '00000000-0000-4000-8000-000000000000'},
    },
    from: evolve(initialState, first),
    publish: () => {},
    interruption: {gently: never, atOnce: never},
  });
  if (state.ended?.status !== 'done') throw new Error(`the run ended as ${JSON.stringify(state.ended)}`);
  return state;
}
