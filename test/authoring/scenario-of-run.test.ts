import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {scenarioOfRun} from '../../source/authoring/rehearsal/from-journal/scenario-of-run.ts';
import {loadRehearsal} from '../../source/authoring/rehearsal/load-rehearsal.ts';
import {rehearsedAws} from '../../source/authoring/rehearsal/rehearsed-aws.ts';
import {serveRehearsal} from '../../source/authoring/rehearsal/serve.ts';
import {evolveAll, initialState} from '../../source/engine/evolve/evolve.ts';
import type {Event} from '../../source/engine/model/events.ts';
import type {RunState} from '../../source/engine/model/state.ts';
import {truthOf} from '../../source/engine/queries/region-truth.ts';
import {readJournal} from '../../source/journal/read.ts';
import {inputValues} from '../../source/runbook/inputs.ts';
import type {LoadedRunbook} from '../../source/runbook/load/load.ts';
import {findRunbook} from '../../source/runs/runbooks/find-runbook.ts';
import {simulatedCredentials} from '../../source/runs/simulated-credentials.ts';
import {execute} from '../../source/runs/start-run.ts';
import {fastClock} from '../support/fast-clock.ts';
import {recordingView} from '../support/recording-view.ts';
import {yesToAll} from '../support/simulated-account.ts';
import {simulatedRun, type SimulatedRunOptions} from '../support/simulated-run.ts';

const quick = ['retryWaitSeconds=0.2', 'pollSeconds=0.2'];

/** What came of a run, and what it sent to change something. */
function outcome(events: readonly Event[]): object {
  const state: RunState = evolveAll(initialState, events);
  const sent = events.flatMap((event) =>
    event.type === 'call-started' && event.effect === 'change' && event.attempt === 1
      ? [`${event.region ?? 'account'} ${event.operation} ${event.item}`]
      : [],
  );
  return {
    status: state.ended?.status,
    message: state.ended?.message,
    truths: [...state.lanes].map((lane) => [lane.region, truthOf(state, lane)]).toSorted(),
    sent: sent.toSorted(),
  };
}

/** Runs a runbook against the scenario that was made of a journal, as it is printed. */
async function runAgain(
  journal: string,
  loaded: LoadedRunbook,
  inputs: readonly string[],
): Promise<{readonly events: readonly Event[]; readonly lacks: readonly string[]}> {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-test-'));
  const {text, scenario, lacks} = await scenarioOfRun(journal, loaded);
  const file = join(folder, 'made.scenario.yaml');
  writeFileSync(file, text);
  expect(await loadRehearsal(file, loaded)).toEqual(scenario);
  const served = await serveRehearsal(await rehearsedAws(loaded.runbook, scenario), 0);
  const clock = fastClock(500);
  const view = recordingView();
  const never = new AbortController().signal;
  const stopper = {interruption: {gently: never, atOnce: never}, stop: () => {}, release: () => {}};
  const order = {
    loaded,
    inputs: inputValues(loaded.runbook, inputs),
    mode: 'live' as const,
    simulation: false,
    regions: [],
    onlyRegions: [],
    connection: {endpoint: served.endpoint, credentials: simulatedCredentials},
    answers: yesToAll,
  };
  try {
    await execute(order, {view, clock, stopper, env: {XDG_STATE_HOME: folder}});
  } finally {
    clock.stop();
    await served.close();
  }
  return {events: readJournal(view.closing?.journal ?? '').events, lacks};
}

const runs: readonly (readonly [string, SimulatedRunOptions])[] = [
  ['that removed the role', {inputs: quick}],
  ['that found no role', {scenario: 'calm', runbook: 'inspect-service-linked-role'}],
  ['cleanup', {runbook: 'clean-up-image-builder', inputs: ['pollSeconds=0.2']}],
  [
    'errors',
    {
      inputs: quick,
      onlyRegions: ['eu-west-1', 'us-east-1', 'us-west-2'],
      faults: [
        {operation: 'ListImagePipelines', region: 'eu-west-1', first: 2, fault: 'throttle'},
        {operation: 'DeleteServiceLinkedRole', first: 1, fault: 'reset'},
        {operation: 'UpdateImagePipeline', first: 1, fault: 'lostAnswer'},
      ],
    },
  ],
];

describe('a runbook that is run against the journal of an earlier run', () => {
  it.each(runs)('comes to the same: %s', async (_how, options) => {
    const {journal = '', events} = await simulatedRun(options);
    const loaded = findRunbook((options.runbook as string | undefined) ?? 'delete-service-linked-role');
    const again = await runAgain(journal, loaded, options.inputs ?? []);
    console.log(again.lacks);
    expect(outcome(again.events)).toEqual(outcome(events));
  });
});
