import {describe, expect, it} from 'vitest';
import {planRetry} from '../../source/engine/outcome/retry.ts';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import type {FaultName} from '../../source/simulator/faults.ts';
import {execute} from '../../source/runs/start-run.ts';
import {undoOrder} from '../../source/runs/undo-run.ts';
import {findRunbook} from '../../source/runs/runbooks/find-runbook.ts';
import {model} from '../engine/models.ts';
import {simulatedAccount, yesToAll} from '../support/simulated-account.ts';
import {simulatedRun, type SimulatedRun} from '../support/simulated-run.ts';

const inUse: readonly FaultName[] = ['resourceInUse', 'resourceDependency'];

/** The times at which an operation was asked for, by simulated time in ms. */
function timesOf({requests}: Pick<SimulatedRun, 'requests'>, operation: string): readonly number[] {
  return requests.filter((request) => request.operation === operation).map(({at}) => at);
}

/** One Region with one pipeline that has a schedule, and nothing that runs. */
function onePipeline(): ReturnType<typeof loadScenario> {
  const calm = loadScenario('calm');
  const pipelines = calm.pipelines.filter(({region}) => region === 'us-west-2').slice(0, 1);
  return {...calm, running: [], pipelines};
}

const oneRegion = {onlyRegions: ['us-west-2'], scenario: onePipeline()};

describe('a change of something that the service is using', () => {
  it.each(inUse)('is waited for and tried again when a pipeline is deleted (%s)', async (fault) => {
    const run = await simulatedRun({
      ...oneRegion,
      inputs: ['pipelines=delete'],
      faults: [{operation: 'DeleteImagePipeline', first: 2, fault}],
    });
    expect(run.state.ended).toMatchObject({status: 'done'});
    const [first = 0, second = 0, third = 0, ...more] = timesOf(run, 'DeleteImagePipeline');
    expect(more).toEqual([]);
    expect(second - first).toBeGreaterThanOrEqual(15_000);
    expect(third - second).toBeGreaterThanOrEqual(22_500);
  });

  it.each(inUse)('is waited for and tried again when a schedule is removed (%s)', async (fault) => {
    const run = await simulatedRun({
      ...oneRegion,
      faults: [{operation: 'UpdateImagePipeline', first: 3, fault}],
    });
    expect(run.state.ended).toMatchObject({status: 'done'});
    expect(timesOf(run, 'UpdateImagePipeline')).toHaveLength(4);
    // Time passed: each try is built from a fresh read, and the last write is read back.
    expect(timesOf(run, 'GetImagePipeline')).toHaveLength(5);
    const tokens = run.requests
      .filter(({operation}) => operation === 'UpdateImagePipeline')
      .map(({input}) => input['clientToken']);
    expect(new Set(tokens).size).toBe(1);
  });

  it('is given up after minutes, with the reason and the remedy', async () => {
    const run = await simulatedRun({
      ...oneRegion,
      inputs: ['pipelines=delete'],
      faults: [{operation: 'DeleteImagePipeline', always: true, fault: 'resourceInUse'}],
    });
    expect(run.exitCode).toBe(1);
    const times = timesOf(run, 'DeleteImagePipeline');
    expect(times).toHaveLength(12);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(8 * 60_000);
    expect(run.state.lanes.get('us-west-2')?.fault).toMatchObject({
      kind: 'busy',
      name: 'ResourceInUseException',
      remedy: expect.stringContaining('wait a few minutes') as string,
    });
    expect(run.after.role).not.toBeNull();
  });

  it('is waited for by an undo and by restore-schedules too', async () => {
    const account = await simulatedAccount(onePipeline(), {
      faults: [{operation: 'UpdateImagePipeline', every: 2, fault: 'resourceInUse'}],
    });
    try {
      const loaded = findRunbook('clean-up-image-builder');
      const order = {
        loaded,
        inputs: {builds: 'cancel', pipelines: 'manual', regions: ['us-west-2'], pollSeconds: 15},
        mode: 'live' as const,
        simulation: false,
        regions: [],
        connection: account.connection,
        answers: yesToAll,
      };
      const done = await account.command((surroundings) => execute(order, surroundings));
      expect(done.exitCode).toBe(0);
      const file = done.closing.journal ?? '';
      const back = undoOrder({
        file,
        connection: account.connection,
        answers: yesToAll,
        env: {XDG_STATE_HOME: account.stateHome},
      });
      const undone = await account.command((surroundings) => execute(back, surroundings));
      expect(undone.closing.state.ended).toMatchObject({status: 'done'});
      // The second and the fourth of five writes were refused: by then the schedule is back.
      const writes = account.simulator.requests.filter(({operation}) => operation === 'UpdateImagePipeline');
      expect(writes.map(({status}) => status)).toEqual([200, 400, 200]);
      const [pipeline] = Object.values(
        account.simulator.account().regions['us-west-2']?.pipelines ?? {},
      ).filter(({members}) => members.schedule !== undefined);
      expect(pipeline).toBeDefined();
    } finally {
      await account.close();
    }
  });
});

describe('the wait for what is in use', () => {
  const fault = {kind: 'busy', name: 'ResourceInUseException', message: 'in use'} as const;
  const context = {retriers: [], seconds: (): number => 0, maxAttempts: 8, random: 0.5};

  it('is for changes: a look that is refused so is not repeated', () => {
    const read = model('box:GetBox');
    expect(planRetry(fault, 1, {...context, model: read})).toBeUndefined();
  });

  it('is made for a change that must not be sent twice too: a refusal is an answer', () => {
    const change = model('box:OpenBox', {effect: 'change', resend: 'never'});
    expect(planRetry(fault, 1, {...context, model: change})).toEqual({maxAttempts: 12, delayMs: 15_000});
  });

  it("gives way to the step's own `retry`", () => {
    const change = model('box:OpenBox', {effect: 'change', resend: 'never'});
    const own = {errorEquals: ['ResourceInUse'], maxAttempts: 1, intervalSeconds: 0, backoffRate: 2};
    expect(planRetry(fault, 1, {...context, model: change, retriers: [own]})).toBeUndefined();
  });
});
