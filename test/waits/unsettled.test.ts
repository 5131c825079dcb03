import {describe, expect, it} from 'vitest';
import {workIn} from '../../source/engine/evolve/active-steps.ts';
import {unsettledChanges} from '../../source/engine/queries/unsettled-changes.ts';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import type {FaultName} from '../../source/simulator/faults.ts';
import {summaryText} from '../../source/wording/run-summary.ts';
import {simulatedRun, type SimulatedRun} from '../support/simulated-run.ts';

const region = 'us-west-2';
const calm = loadScenario('calm');
const scenario = {...calm, running: [], pipelines: calm.pipelines.filter(({name}) => name === 'gpu')};

/** Interrupts the run as soon as its write has failed, while it waits for the next try. */
function leftAfter(fault: FaultName): Promise<SimulatedRun> {
  return simulatedRun({
    regions: [region],
    scenario,
    faults: [{operation: 'UpdateImagePipeline', first: 1, fault}],
    published: (state, _events, stop) => {
      const [item] = [...(workIn(state.lanes.get(region), 'schedules')?.items ?? [])];
      if (item?.status === 'waiting' && item.fault !== undefined) stop();
    },
    connection: {answerTimeoutMs: fault === 'hang' ? 3000 : 60_000},
  });
}

describe('the exit lines of a run that is left while a change waits for its next try', () => {
  it.each(['lostAnswer', 'hang', 'serviceUnavailable', 'html502'] as const)(
    'name the change: what became of it is not known (%s)',
    async (fault) => {
      const run = await leftAfter(fault);
      expect(run.exitCode).toBe(130);
      expect(summaryText({state: run.state})).toContain(
        `Unsettled ${region}: imagebuilder:UpdateImagePipeline gpu was sent and its answer is not known`,
      );
    },
  );

  it.each(['throttle', 'resourceInUse'] as const)(
    'do not name it where AWS refused it: nothing happened (%s)',
    async (fault) => {
      const run = await leftAfter(fault);
      expect(run.exitCode).toBe(130);
      expect(summaryText({state: run.state})).not.toContain('Unsettled');
    },
  );
});

describe('a change of which a try was never answered', () => {
  it('is settled once a later try is answered', async () => {
    const run = await simulatedRun({
      regions: [region],
      scenario,
      faults: [{operation: 'UpdateImagePipeline', first: 1, fault: 'reset'}],
    });
    expect(run.exitCode).toBe(0);
    expect(unsettledChanges(run.state)).toEqual([]);
  });

  it('stays named when later tries are refused: the first may have happened', async () => {
    const run = await simulatedRun({
      regions: [region],
      scenario,
      inputs: ['pipelines=delete'],
      faults: [
        {operation: 'DeleteImagePipeline', first: 1, fault: 'reset'},
        {operation: 'DeleteImagePipeline', always: true, fault: 'accessDenied'},
      ],
    });
    expect(run.exitCode).toBe(1);
    expect(unsettledChanges(run.state)).toMatchObject([{operation: 'imagebuilder:DeleteImagePipeline'}]);
  });
});
