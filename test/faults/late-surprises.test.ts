import {describe, expect, it} from 'vitest';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import type {Scenario} from '../../source/simulator/scenario/schema.ts';
import {simulatedRun, type SimulatedRun} from '../support/simulated-run.ts';

const inUse = loadScenario(new URL('in-use.yaml', import.meta.url).pathname);
const idle: Scenario = {...inUse, pipelines: [], running: []};
const inputs = ['pollSeconds=5', 'retryWaitSeconds=30'];
const nightly = 'arn:aws:imagebuilder:eu-west-1:123456789012:image-pipeline/nightly';

const play = (scenario: Scenario, more: Partial<Parameters<typeof simulatedRun>[0]> = {}) =>
  simulatedRun({scenario, inputs, ...more});

const asked = (run: SimulatedRun, operation: string) =>
  run.requests.filter((request) => request.operation === operation);

const notes = (run: SimulatedRun) =>
  run.events.flatMap((event) => (event.type === 'item-done' && event.note !== undefined ? [event.note] : []));

describe('late surprises', () => {
  it('a role that is already gone is a success, and nothing is changed', async () => {
    const run = await play({...inUse, role: {...inUse.role, present: false}});
    expect(run.exitCode).toBe(0);
    expect(run.requests.some(({operation}) => /^(Cancel|Update|Delete)/.test(operation))).toBe(false);
  });

  it('a task that is purged on success is believed only when the role is gone', async () => {
    const run = await play({...idle, deletion: {...idle.deletion, purgeOnSuccess: true}});
    expect(run.exitCode).toBe(0);
    const purged = run.events.find(
      (event) => event.type === 'call-failed' && event.fault.kind === 'not-found',
    );
    expect(purged).toBeDefined();
    expect(asked(run, 'GetRole').at(-1)).toMatchObject({status: 404});
  });

  it('FAILED without a reason says so, goes back and tries anew', async () => {
    const run = await play({
      ...idle,
      deletion: {...idle.deletion, activeSessionFailures: 1, report: 'nothing'},
    });
    expect(run.exitCode).toBe(0);
    const back = run.events.find((event) => event.type === 'went-back');
    expect(back).toMatchObject({fault: {message: expect.stringContaining('AWS gave no reason') as string}});
    expect(asked(run, 'DeleteServiceLinkedRole')).toHaveLength(2);
  });

  it('an active session fails the deletion without naming anything: it is waited for', async () => {
    const run = await play({...idle, deletion: {...idle.deletion, activeSessionFailures: 2}});
    expect(run.exitCode).toBe(0);
    expect(run.events.filter(({type}) => type === 'went-back')).toHaveLength(2);
  });

  it('a usage list that is partial and names another Region leads to the ARN’s Region', async () => {
    const run = await play({
      ...idle,
      deletion: {...idle.deletion, report: 'first'},
      surprises: [
        {
          upon: 'iam:DeleteServiceLinkedRole',
          nth: 1,
          startBuild: {region: 'eu-west-1', name: 'late', reportedRegion: 'eu-north-1'},
        },
        {upon: 'iam:DeleteServiceLinkedRole', nth: 1, startBuild: {region: 'us-east-1', name: 'later'}},
      ],
    });
    expect(run.exitCode).toBe(0);
    const failed = run.events.find((event) => event.type === 'item-failed' && event.usage !== undefined);
    expect(failed).toMatchObject({usage: [{region: 'eu-west-1', reportedRegion: 'eu-north-1'}]});
    // Only one was named; both are found by looking again, and cancelled.
    expect(
      asked(run, 'CancelImageCreation')
        .map(({region}) => region)
        .toSorted(),
    ).toEqual(['eu-west-1', 'us-east-1']);
  });

  it('the same deletion id again, after a lost answer, is the same task', async () => {
    const run = await play(idle, {
      faults: [{operation: 'DeleteServiceLinkedRole', first: 1, fault: 'lostAnswer'}],
    });
    expect(run.exitCode).toBe(0);
    expect(asked(run, 'DeleteServiceLinkedRole')).toHaveLength(2);
    expect(run.after.deletionTasks).toHaveLength(1);
  });

  it.each(['ResourceInUseException', 'InvalidRequestException', 'ResourceNotFoundException'] as const)(
    'a build that refuses to be cancelled three times (%s) is asked again until it obeys',
    async (error) => {
      const run = await play({
        ...inUse,
        builds: {...inUse.builds, cancelRefusal: {seconds: 0, times: 3, error}},
      });
      expect(run.exitCode).toBe(0);
      const refusal = error === 'ResourceNotFoundException' ? 404 : 400;
      const answers = asked(run, 'CancelImageCreation').map(({status}) => status);
      expect(answers).toEqual([refusal, refusal, refusal, 200]);
    },
  );

  it('a pipeline that is deleted between list and update has nothing left to do: noted, not failed', async () => {
    for (const [pipelines, upon] of [
      ['manual', 'imagebuilder:GetImagePipeline'],
      ['manual', 'imagebuilder:UpdateImagePipeline'],
      ['delete', 'imagebuilder:DeleteImagePipeline'],
    ] as const) {
      const run = await play(
        {
          ...inUse,
          surprises: [{upon, nth: 1, deletePipeline: {region: 'eu-west-1', name: 'nightly'}}],
        },
        {inputs: [...inputs, `pipelines=${pipelines}`]},
      );
      expect(run.exitCode).toBe(0);
      expect(notes(run).join()).toMatch(/not there any more|was gone already/);
    }
  });

  it('a role that is made again after the success is looked at again, and told', async () => {
    const run = await play({...idle, surprises: [{upon: 'iam:GetRole', nth: 2, recreateRole: true}]});
    expect(run.exitCode).toBe(1);
    expect(run.state.ended?.message).toMatch(/deleted and is there again, made \d{4}-\d\d-\d\d/);
    expect(run.after.role).not.toBeNull();
  });
});

const change = (upon: string, members: Record<string, unknown>): Scenario => ({
  ...inUse,
  surprises: [{upon, nth: 1, changePipeline: {region: 'eu-west-1', name: 'nightly', with: members}}],
});
const membersAfter = (run: SimulatedRun) => run.after.regions['eu-west-1']?.pipelines[nightly]?.members;

describe('somebody else at the same pipeline', () => {
  it('between list and read: said, and their change is kept', async () => {
    const run = await play(
      change('imagebuilder:GetImagePipeline', {
        schedule: {scheduleExpression: 'rate(2 days)'},
        description: 'theirs',
      }),
    );
    expect(run.exitCode).toBe(0);
    expect(notes(run)).toContain('schedule was changed by another client');
    expect(membersAfter(run)).toMatchObject({description: 'theirs'});
    expect(membersAfter(run)?.schedule).toBeUndefined();
  });

  it('between two tries of a write: the pipeline is read again, and their change is kept', async () => {
    const run = await play(
      {
        ...inUse,
        surprises: [
          {
            // The second read comes before the second try.
            upon: 'imagebuilder:GetImagePipeline',
            nth: 2,
            changePipeline: {region: 'eu-west-1', name: 'nightly', with: {description: 'theirs'}},
          },
        ],
      },
      {faults: [{operation: 'UpdateImagePipeline', first: 1, fault: 'throttle'}]},
    );
    expect(run.exitCode).toBe(0);
    expect(notes(run)).toContain('description was changed by another client');
    expect(membersAfter(run)).toMatchObject({description: 'theirs'});
  });

  it('after the write: the read-back does not fit, and the run stops with what differs', async () => {
    const run = await play({
      ...inUse,
      surprises: [
        {
          upon: 'imagebuilder:GetImagePipeline',
          nth: 2,
          changePipeline: {region: 'eu-west-1', name: 'nightly', with: {description: 'theirs'}},
        },
      ],
    });
    expect(run.exitCode).toBe(1);
    expect(run.state.ended?.message).toContain('description is not as written');
    expect(run.after.role).not.toBeNull();
  });

  it('who took the schedule away first leaves nothing to write', async () => {
    const run = await play(change('imagebuilder:GetImagePipeline', {schedule: null}));
    expect(run.exitCode).toBe(0);
    expect(asked(run, 'UpdateImagePipeline')).toEqual([]);
    expect(notes(run).join()).toContain('was as wanted already');
  });
});
