import {afterEach, describe, expect, it} from 'vitest';
import {execute} from '../../source/runs/start-run.ts';
import {findRunbook} from '../../source/runs/runbooks/find-runbook.ts';
import {inputSources} from '../../source/runs/answers/input-sources.ts';
import {inputValues} from '../../source/runbook/inputs.ts';
import type {PipelineMembers} from '../../source/simulator/services/imagebuilder/pipeline-members.ts';
import type {Surprise} from '../../source/simulator/scenario/schema.ts';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {
  simulatedAccount,
  yesToAll,
  type Outcome,
  type SimulatedAccount,
} from '../support/simulated-account.ts';

let account: SimulatedAccount;

afterEach(async () => {
  await account.close();
});

async function run(name: string, inputs: readonly string[] = []): Promise<Outcome> {
  const loaded = findRunbook(name);
  const env = {XDG_STATE_HOME: account.stateHome};
  const order = {
    loaded,
    inputs: inputValues(loaded.runbook, inputs, inputSources(env)),
    mode: 'live' as const,
    simulation: false,
    regions: [],
    connection: account.connection,
    answers: yesToAll,
  };
  return account.command((surroundings) => execute(order, surroundings));
}

/** Somebody changes a pipeline just before the nth of the reads that follow. */
function changedByHand(nth: number): Surprise {
  const changePipeline = {region: 'us-west-2', name: 'gpu', with: {description: 'changed by hand'}};
  return {upon: 'imagebuilder:GetImagePipeline', nth, changePipeline};
}

function gpuPipeline(): PipelineMembers | undefined {
  const {pipelines = {}} = account.simulator.account().regions['us-west-2'] ?? {};
  return Object.entries(pipelines).find(([arn]) => arn.endsWith('/gpu'))?.[1].members;
}

/** Number of pipelines whose schedule has been removed so far. */
function pipelinesChanged(): number {
  return account.simulator.requests.filter(({operation}) => operation === 'UpdateImagePipeline').length;
}

describe('restore-schedules', () => {
  it('puts back exactly what the run removed, and shows it first', async () => {
    account = await simulatedAccount('calm');
    const before = account.simulator.account();
    const removal = await run('clean-up-image-builder');
    expect(removal.exitCode).toBe(0);
    const restored = await run('restore-schedules', [`run=${removal.closing.journal}`]);
    expect(restored.closing.error).toBeUndefined();
    expect(restored.closing.state.ended).toMatchObject({
      message: '12 schedules are put back',
      result: [{title: 'Put back', lines: {length: 12}}],
    });
    expect(restored.exitCode).toBe(0);
    const after = account.simulator.account();
    for (const [region, {pipelines}] of Object.entries(before.regions)) {
      expect(after.regions[region]?.pipelines).toEqual(pipelines);
    }
    const asked = restored.view.events.find((event) => event.type === 'asked');
    if (asked?.type !== 'asked') throw new Error('nothing was asked');
    expect(asked.question.changes).toHaveLength(12);
    expect(asked.question.changes.map(({detail}) => detail)).toContainEqual(
      expect.stringContaining('cron(0 2 * * ? *)'),
    );
    expect(asked.question.message).toMatch(/changed them: none\./);
  });

  it('visits only the Regions where the run changed something', async () => {
    account = await simulatedAccount('calm');
    const removal = await run('clean-up-image-builder', ['regions=us-east-1,eu-west-3']);
    const restored = await run('restore-schedules', [`run=${removal.closing.journal}`]);
    expect(restored.closing.state.started?.regions).toEqual(['us-east-1']);
  });

  it('leaves a pipeline that someone else changed since, and names it', async () => {
    account = await simulatedAccount('calm');
    const removal = await run('clean-up-image-builder');
    // Restore-schedules looks before it asks.
    account.simulator.surprise(changedByHand(1));
    const restored = await run('restore-schedules', [`run=${removal.closing.journal}`]);
    expect(restored.exitCode).toBe(0);
    expect(gpuPipeline()).toMatchObject({description: 'changed by hand'});
    expect(gpuPipeline()).not.toHaveProperty('schedule');
    const asked = restored.view.events.find((event) => event.type === 'asked');
    if (asked?.type !== 'asked') throw new Error('nothing was asked');
    expect(asked.question.changes).toHaveLength(11);
    expect(asked.question.message).toContain('image-pipeline/gpu');
  });

  it('does not overwrite a change that is made between the look and the write', async () => {
    account = await simulatedAccount('calm');
    const removal = await run('clean-up-image-builder');
    // Restore-schedules looks at each pipeline, and reads each once more before it writes.
    account.simulator.surprise(changedByHand(pipelinesChanged() + 1));
    const restored = await run('restore-schedules', [`run=${removal.closing.journal}`]);
    expect(restored.exitCode).toBe(0);
    expect(gpuPipeline()).toMatchObject({description: 'changed by hand'});
    expect(gpuPipeline()).not.toHaveProperty('schedule');
  });

  it("refuses another account's run", async () => {
    account = await simulatedAccount('calm');
    const removal = await run('clean-up-image-builder');
    await account.close();
    const calm = loadScenario('calm');
    account = await simulatedAccount({
      ...calm,
      account: {
        ...calm.account,
        id: '210987654321',
        caller: 'arn:aws:sts::210987654321:assumed-role/ops/kim',
      },
    });
    const restored = await run('restore-schedules', [`run=${removal.closing.journal}`]);
    expect(restored.exitCode).toBe(1);
    expect(restored.closing.state.ended?.message).toContain('was in account 123456789012');
    expect([...restored.closing.state.changes]).toEqual([]);
  });
});
