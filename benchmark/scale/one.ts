import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {modelsFor} from '../../source/aws/catalogue.ts';
import {evolve, initialState} from '../../source/engine/evolve.ts';
import type {Event} from '../../source/engine/events.ts';
import {defaultLimits, outlineOf} from '../../source/engine/program.ts';
import {run} from '../../source/engine/run.ts';
import {parseRunbook} from '../../source/runbook/load.ts';
import {recordedEvents} from '../support/recording.ts';
import {stubAws} from './stub-aws.ts';

// One measurement in a process of its own: one.ts builds|lanes|events SIZE. Prints what it took as JSON.
const [kind = '', sizeText = ''] = process.argv.slice(2);
const size = Number(sizeText);
const started = performance.now();
const cpuBefore = process.cpuUsage();

if (kind === 'events') {
  let state = initialState;
  for (const event of recordedEvents(size)) state = evolve(state, event);
} else {
  await wholeRun(kind === 'lanes' ? {lanes: size, each: 1} : {lanes: 1, each: size});
}

const {user, system} = process.cpuUsage(cpuBefore);
process.stdout.write(
  `${JSON.stringify({
    seconds: (performance.now() - started) / 1000,
    cpu: (user + system) / 1e6,
    peakMiB: process.resourceUsage().maxRSS / 1024,
  })}\n`,
);

async function wholeRun({lanes, each}: {lanes: number; each: number}): Promise<void> {
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
      journal: {append: () => new Promise((resolve) => setTimeout(resolve, 0))},
      operator: {ask: async () => ({accepted: true, by: 'terminal'})},
      chance: {random: () => 0.5, token: () => '00000000-0000-4000-8000-000000000000'},
    },
    from: evolve(initialState, first),
    publish: () => {},
    interruption: {gently: never, atOnce: never},
  });
  if (state.ended?.status !== 'done') throw new Error(`the run ended as ${JSON.stringify(state.ended)}`);
}
