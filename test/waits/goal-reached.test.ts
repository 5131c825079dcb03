import {describe, expect, it} from 'vitest';
import {reportOf} from '../../source/report/build/fold.ts';
import {markdownOf} from '../../source/report/markdown/markdown.ts';
import {reportSchema, type Report} from '../../source/report/model.ts';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import type {Scenario} from '../../source/simulator/scenario/schema.ts';
import {createNarrator} from '../../source/wording/narrate/narrate.ts';
import {summaryText} from '../../source/wording/run-summary.ts';
import {stepViews} from '../../source/wording/step-progress.ts';
import {simulatedRun, type SimulatedRun} from '../support/simulated-run.ts';

const region = 'us-west-2';
const calm = loadScenario('calm');

/** Long enough that the first look at a deletion task comes before its end on the busiest machine. */
const deletion = {...calm.deletion, taskSeconds: 120};

/** A small account: one Region with the pipeline `gpu` that has a schedule, and nothing that runs. */
function small(more: object = {}): Scenario {
  const pipelines = calm.pipelines.filter(({name}) => name === 'gpu');
  return {
    ...calm,
    regionNames: ['us-east-1', region],
    regions: {},
    running: [],
    pipelines,
    deletion,
    ...more,
  } as Scenario;
}

function narrated({events, state}: SimulatedRun): readonly string[] {
  const narrate = createNarrator();
  return events
    .flatMap((event) => narrate(event, state.steps))
    .map(({sign, text}) => `${sign.glyph} ${text}`);
}

function reported({events, state}: SimulatedRun): Report {
  const run = state.started?.run ?? '';
  const journal = {file: 'journal', run, events, head: 'h', bytes: 0, tornBytes: 0};
  return reportSchema.parse(JSON.parse(JSON.stringify(reportOf(journal))));
}

function asked({requests}: SimulatedRun, operation: string): number {
  return requests.filter((request) => request.operation === operation).length;
}

describe('a goal that is reached already', () => {
  it('is a success when a colleague deleted the role first', async () => {
    const run = await simulatedRun({
      regions: [region],
      scenario: small({surprises: [{upon: 'iam:DeleteServiceLinkedRole', nth: 1, deleteRole: true}]}),
    });
    expect(run.exitCode).toBe(0);
    expect(asked(run, 'DeleteServiceLinkedRole')).toBe(1);
    expect(narrated(run)).toContain('✓ Delete the role: was gone already: another client deleted it');
    const summary = summaryText({state: run.state});
    expect(summary).toContain('the role is gone');
    expect(summary).not.toContain('Delete the role 1');
  });

  it('is a success when the deletion task failed, yet the role is gone', async () => {
    const run = await simulatedRun({
      regions: [region],
      scenario: small({
        surprises: [{upon: 'iam:GetServiceLinkedRoleDeletionStatus', nth: 1, deleteRole: true}],
      }),
    });
    expect(run.exitCode).toBe(0);
    expect(asked(run, 'DeleteServiceLinkedRole')).toBe(1);
    expect(run.events.some(({type}) => type === 'went-back')).toBe(false);
    expect(narrated(run).join('\n')).toContain('AWS reported the task as failed, yet the role is gone');
    expect(summaryText({state: run.state})).toContain('the role is gone');
  });

  it('is a success when somebody deleted the pipeline first, and is not counted as deleted by the run', async () => {
    const run = await simulatedRun({
      regions: [region],
      inputs: ['pipelines=delete'],
      scenario: small({
        surprises: [
          {upon: 'imagebuilder:DeleteImagePipeline', nth: 1, deletePipeline: {region, name: 'gpu'}},
        ],
      }),
    });
    expect(run.exitCode).toBe(0);
    expect([...run.state.changes].map(({step}) => step)).toEqual(['delete']);
    expect(narrated(run).join('\n')).toContain('gpu: was gone already: another client deleted it');
  });

  it('is nobody’s change when somebody deletes the pipeline while the run waits for it', async () => {
    const run = await simulatedRun({
      regions: [region],
      inputs: ['pipelines=delete'],
      faults: [{operation: 'DeleteImagePipeline', first: 2, fault: 'resourceInUse'}],
      scenario: small({
        surprises: [
          {upon: 'imagebuilder:DeleteImagePipeline', nth: 1, deletePipeline: {region, name: 'gpu'}},
        ],
      }),
    });
    expect(run.exitCode).toBe(0);
    expect(asked(run, 'DeleteImagePipeline')).toBe(3);
    expect([...run.state.changes].map(({step}) => step)).toEqual(['delete']);
  });

  it('is a success when somebody removed the schedule first', async () => {
    const run = await simulatedRun({
      regions: [region],
      scenario: small({
        surprises: [
          {
            upon: 'imagebuilder:GetImagePipeline',
            nth: 1,
            changePipeline: {region, name: 'gpu', with: {schedule: null}},
          },
        ],
      }),
    });
    expect(run.exitCode).toBe(0);
    expect(asked(run, 'UpdateImagePipeline')).toBe(0);
    expect(narrated(run).join('\n')).toContain('gpu: was as wanted already');
  });
});

describe('a build that ends by itself after it was found', () => {
  const running = [
    {region, name: 'short', version: '1.0.0', startedMinutesAgo: 1},
    {region, name: 'long', version: '1.0.0', startedMinutesAgo: 1},
  ];
  const endBuild = {region, name: 'short'};

  function ended(run: SimulatedRun): void {
    expect(run.exitCode).toBe(0);
    const summaries = run.events.flatMap((event) =>
      event.type === 'step-succeeded' && event.region === region && ['cancel', 'quiet'].includes(event.step)
        ? [event.summary]
        : [],
    );
    expect(summaries).toEqual(['1 cancelling, 1 ended', '1 cancelled, 1 ended']);
    expect(narrated(run).join('\n')).toContain('it had ended before AWS would cancel it');
    expect(summaryText({state: run.state})).toContain('Cancel running builds 1,');
  }

  it('before it could be asked to stop: its cancellation is refused once, and not asked for again', async () => {
    const surprises = [{upon: 'imagebuilder:CancelImageCreation', nth: 1, endBuild}];
    const run = await simulatedRun({regions: [region], scenario: small({running, surprises})});
    ended(run);
    expect(asked(run, 'CancelImageCreation')).toBe(2);
  });

  it('between two refusals: the next look shows it', async () => {
    const builds = {...calm.builds, lastSeconds: 1200};
    const faults = [{operation: 'CancelImageCreation', first: 4, fault: 'invalidRequest' as const}];
    const surprises = [{upon: 'imagebuilder:GetImage', nth: 3, endBuild}];
    const run = await simulatedRun({
      regions: [region],
      faults,
      scenario: small({running, builds, surprises}),
    });
    ended(run);
  });

  it('is asked to stop again where the look is refused, as without a look', async () => {
    const faults = [
      {operation: 'CancelImageCreation', first: 2, fault: 'invalidRequest' as const},
      {operation: 'GetImage', first: 2, fault: 'accessDenied' as const},
    ];
    const run = await simulatedRun({regions: [region], faults, scenario: small({running})});
    expect(run.exitCode).toBe(0);
    expect(asked(run, 'CancelImageCreation')).toBe(4);
    expect(summaryText({state: run.state})).toContain('Cancel running builds 2,');
  });
});

describe('a change that AWS refuses', () => {
  it('is not counted: a build that would not be cancelled is no cancelled build', async () => {
    const running = [
      {region, name: 'old', version: '1.0.0', startedMinutesAgo: 10},
      {region, name: 'young', version: '1.0.0', startedMinutesAgo: 0.1},
    ];
    const builds = {
      ...calm.builds,
      lastSeconds: 1200,
      cancelRefusal: {seconds: 500, error: 'InvalidRequestException' as const},
    };
    const run = await simulatedRun({regions: [region], scenario: small({running, builds})});
    expect(run.exitCode).toBe(0);
    const cancelled = run.events.find(
      (event) => event.type === 'step-succeeded' && event.step === 'cancel' && event.region === region,
    );
    expect(cancelled).toMatchObject({summary: '1 cancelling, 1 refused'});
    const said = narrated(run).filter((line) => line.includes('would not cancel'));
    expect(said).toEqual([expect.stringMatching(/^– young/)]);
    expect(stepViews(run.state).find(({outline}) => outline.id === 'cancel')).toMatchObject({
      done: 1,
      total: 2,
    });
    expect(summaryText({state: run.state})).toContain('Cancel running builds 1,');
  });

  it('is not counted: of a role that is still there the exit lines say so, with how often AWS refused', async () => {
    const deletion = {...calm.deletion, activeSessionFailures: 99};
    const run = await simulatedRun({regions: [region], scenario: small({deletion})});
    expect(run.exitCode).toBe(1);
    const summary = summaryText({state: run.state});
    expect(summary).toContain('the role is still there: AWS refused 6 times');
    expect(summary).toContain('1: Set schedules to manual 1\n');
    const report = reported(run);
    expect(report.changes.map(({effect}) => effect)).toEqual([undefined, ...Array(6).fill('refused')]);
    const text = markdownOf(report);
    expect(text).toContain('## Changes (1)');
    expect(text).toContain('the role is still there: AWS refused 6 times');
    expect(text).toContain('asked for, and AWS refused it');
  });

  it('is counted once when AWS takes it in the end', async () => {
    const deletion = {...calm.deletion, activeSessionFailures: 2};
    const run = await simulatedRun({regions: [region], scenario: small({deletion})});
    expect(run.exitCode).toBe(0);
    expect(asked(run, 'DeleteServiceLinkedRole')).toBe(3);
    const summary = summaryText({state: run.state});
    expect(summary).toContain('2: Set schedules to manual 1, Delete the role 1');
    const report = reported(run);
    expect(report.changes.map(({effect}) => effect)).toEqual([undefined, 'refused', 'refused', 'reached']);
    expect(markdownOf(report)).toContain('## Changes (2)');
    expect(report.outcomes).toEqual(['the role is gone']);
    expect(summary).toContain('the role is gone');
  });

  it('is said to be open while the task goes on', async () => {
    const run = await simulatedRun({
      regions: [region],
      scenario: small(),
      published: (_state, events, stop) => {
        if (events.some((event) => event.type === 'call-started' && event.step === 'task')) stop();
      },
    });
    expect(run.exitCode).toBe(130);
    const summary = summaryText({state: run.state});
    expect(summary).toContain('the outcome of the last request is not known yet');
    expect(summary).not.toContain('Delete the role 1');
    expect(summary).not.toContain('the role is gone');
  });
});

describe('what is not this account’s, or starts nothing', () => {
  it('leaves alone a running build that another account shares, and does not wait for it', async () => {
    const running = [
      {region, name: 'theirs', version: '1.0.0', startedMinutesAgo: 1, owner: '999999999999'},
      {region, name: 'ours', version: '1.0.0', startedMinutesAgo: 30},
    ];
    const run = await simulatedRun({regions: [region], scenario: small({running})});
    expect(run.exitCode).toBe(0);
    const cancelled = run.requests.filter(({operation}) => operation === 'CancelImageCreation');
    expect(cancelled.map(({input}) => input['imageBuildVersionArn'])).toEqual([
      `arn:aws:imagebuilder:${region}:123456789012:image/ours/1.0.0/1`,
    ]);
    expect(run.after.role).toBeNull();
  });

  it('leaves a pipeline alone whose schedule has no expression', async () => {
    const [gpu] = calm.pipelines.filter(({name}) => name === 'gpu');
    const idle = {...gpu, name: 'idle', with: {...gpu?.with, schedule: {timezone: 'Etc/UTC'}}};
    const run = await simulatedRun({
      regions: [region],
      scenario: small({pipelines: [gpu, {...idle, like: gpu?.like ?? []}]}),
    });
    expect(run.exitCode).toBe(0);
    expect([...run.state.changes].map(({target}) => target.split('/').at(-1))).toEqual(['gpu', '']);
    const left = Object.entries(run.after.regions[region]?.pipelines ?? {}).find(([arn]) =>
      arn.endsWith('/idle'),
    );
    expect(left?.[1].members).toMatchObject({schedule: {timezone: 'Etc/UTC'}});
  });
});

describe('a change that AWS denies', () => {
  it('is printed as the command by which a person makes it: the account’s, and a Region’s', async () => {
    const faults = [{operation: 'DeleteServiceLinkedRole', first: 99, fault: 'accessDenied' as const}];
    const run = await simulatedRun({regions: [region], faults, scenario: small()});
    expect(run.exitCode).toBe(1);
    expect(summaryText({state: run.state})).toContain(
      'By hand   aws iam delete-service-linked-role --role-name AWSServiceRoleForImageBuilder',
    );
    const updates = [{operation: 'UpdateImagePipeline', first: 99, fault: 'accessDenied' as const}];
    const inRegion = await simulatedRun({regions: [region], faults: updates, scenario: small()});
    expect(summaryText({state: inRegion.state})).toMatch(
      /By hand {3}aws imagebuilder update-image-pipeline --region us-west-2 --cli-input-json '\{/,
    );
  });
});
