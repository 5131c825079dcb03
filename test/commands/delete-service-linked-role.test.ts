import {statSync} from 'node:fs';
import {dirname} from 'node:path';
import {beforeAll, describe, expect, it} from 'vitest';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import type {Scenario} from '../../source/simulator/scenario/schema.ts';
import {changesOf} from '../support/run-results.ts';
import {simulatedRun, type SimulatedRun} from '../support/simulated-run.ts';

describe('the role removal with a relapse, over HTTP', () => {
  let run: SimulatedRun;
  beforeAll(async () => {
    run = await simulatedRun();
  });

  it('ends well, with the role gone', () => {
    expect(run.error).toBeUndefined();
    expect(run.exitCode).toBe(0);
    expect(run.before.role).not.toBeNull();
    expect(run.after.role).toBeNull();
    expect(run.state.ended?.status).toBe('done');
  });

  it('visits all 34 Regions', () => {
    expect(run.state.started?.regions).toHaveLength(34);
    const visited = run.requests.filter(({operation}) => operation === 'ListImageBuildVersions');
    expect(new Set(visited.map(({region}) => region)).size).toBe(34);
  });

  it('changes nothing before the confirmation', () => {
    const confirmed = run.events.findIndex(({type}) => type === 'answered');
    const firstChange = run.events.findIndex(
      (event) => event.type === 'call-started' && event.effect === 'change',
    );
    expect(confirmed).toBeGreaterThan(0);
    expect(firstChange).toBeGreaterThan(confirmed);
  });

  it('shows every change that it makes before making it', () => {
    const shown = run.events.flatMap((event) => (event.type === 'asked' ? event.question.changes : []));
    const made = run.events.filter((event) => event.type === 'call-started' && event.effect === 'change');
    for (const event of made) {
      if (event.type !== 'call-started') continue;
      expect(shown).toContainEqual(
        expect.objectContaining({operation: event.operation, target: event.item, step: event.step}),
      );
    }
  });

  it('cancels every running build, by its build version ARN', () => {
    const cancelled = run.requests.filter(({operation}) => operation === 'CancelImageCreation');
    const arns = cancelled.map(({input}) => String(input['imageBuildVersionArn']));
    expect(arns.length).toBeGreaterThanOrEqual(7);
    for (const arn of arns) expect(arn).toMatch(/:image\/[^/]+\/\d+\.\d+\.\d+\/\d+$/);
    for (const {region, input} of cancelled) expect(input['imageBuildVersionArn']).toContain(`:${region}:`);
    const running = Object.values(run.after.regions).flatMap(({builds}) =>
      Object.values(builds).filter(({status}) => status.endsWith('ING')),
    );
    expect(running).toEqual([]);
  });

  it('loses no member of any pipeline but its schedule', () => {
    let scheduled = 0;
    for (const [region, {pipelines}] of Object.entries(run.before.regions)) {
      for (const [arn, pipeline] of Object.entries(pipelines)) {
        const {schedule, ...rest} = pipeline.members as Record<string, unknown>;
        if (schedule !== undefined) scheduled += 1;
        expect(run.after.regions[region]?.pipelines[arn]).toEqual({...pipeline, members: rest});
      }
    }
    expect(scheduled).toBe(12);
  });

  it('asks for one deletion a round, and goes back once', () => {
    const deletions = run.requests.filter(({operation}) => operation === 'DeleteServiceLinkedRole');
    expect(deletions).toHaveLength(2);
    expect(run.state.round).toBe(2);
    expect(run.events.filter(({type}) => type === 'went-back')).toHaveLength(1);
  });

  it('reads every list to its last page', () => {
    const lists = run.requests.filter(
      ({operation}) => operation.startsWith('List') || operation.startsWith('GetP'),
    );
    expect(lists.length).toBeGreaterThan(0);
    const tokens = run.events.filter((event) => event.type === 'call-succeeded' && event.more === true);
    expect(tokens.length).toBeGreaterThan(0);
    const inUsEast = run.requests.filter(
      ({operation, region}) => operation === 'ListImagePipelines' && region === 'us-east-1',
    );
    // 58 manual ones and the scheduled ones, 25 a page: three pages a look.
    expect(inUsEast.length % 3).toBe(0);
  });

  it("puts the failed deletion's resource on the row of its ARN's Region, and shows the reported one", () => {
    const failed = run.events.find((event) => event.type === 'item-failed' && event.usage !== undefined);
    expect(failed).toMatchObject({
      usage: [
        {region: 'eu-west-2', reportedRegion: 'eu-north-1', resource: expect.stringContaining(':eu-west-2:')},
      ],
    });
  });

  it('looks at once after the failure, and does not wait once it has found the late build', () => {
    const back = run.events.find((event) => event.type === 'went-back');
    if (back?.type !== 'went-back') throw new Error('it never went back');
    expect(back.resumeAt - back.at).toBe(180_000);
    const later = run.events.filter((event) => event.type === 'call-started' && event.at >= back.at);
    expect((later[0]?.at ?? Infinity) - back.at).toBeLessThan(30_000);
    expect(run.state.detour?.found).toBe(true);
  });

  it('looks at every Region once more between the looks and the next deletion', () => {
    const back = run.events.findIndex((event) => event.type === 'went-back');
    const after = run.events.slice(back).filter((event) => event.type === 'step-succeeded');
    const names = after.map(({step}) => step);
    expect(names.lastIndexOf('lastBuilds')).toBeGreaterThan(names.lastIndexOf('quiet'));
    expect(names.indexOf('delete')).toBeGreaterThan(names.lastIndexOf('lastBuilds'));
  });

  it('keeps its journal for the owner only', () => {
    const journal = run.journal ?? '';
    expect(statSync(journal).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(journal)).mode & 0o777).toBe(0o700);
  });

  it('makes one attempt a request: every try is an event', () => {
    const discovery = new Set([
      'GetCallerIdentity',
      'ListAccountAliases',
      'ListRegions',
      'GetParametersByPath',
      'SimulatePrincipalPolicy',
    ]);
    const seen = run.requests.filter(({operation}) => !discovery.has(operation));
    expect(run.events.filter(({type}) => type === 'call-started')).toHaveLength(seen.length);
  });
});

const calm = loadScenario('calm');
const two = ['us-east-1', 'us-west-2'];
/** The calm account in two of its Regions, where their number is no matter. */
const small: Scenario = {
  ...calm,
  regionNames: two,
  regions: {},
  pipelines: calm.pipelines.filter(({region}) => two.includes(region)),
  running: calm.running.filter(({region}) => two.includes(region)),
};

describe('the role removal', () => {
  it('deletes the scheduled pipelines when the input says so', async () => {
    const run = await simulatedRun({scenario: 'calm', inputs: ['pipelines=delete']});
    expect(run.exitCode).toBe(0);
    expect(changesOf(run).filter(({operation}) => operation === 'DeleteImagePipeline')).toHaveLength(12);
    expect(changesOf(run).filter(({operation}) => operation === 'UpdateImagePipeline')).toHaveLength(0);
  });

  it('looks by image version where AWS lists builds only so, and is not stopped by a Region without an image', async () => {
    const run = await simulatedRun({
      scenario: {...calm, builds: {...calm.builds, listedByVersionOnly: true}},
      onlyRegions: ['mx-central-1', 'us-east-1'],
    });
    expect(run.exitCode).toBe(0);
    expect(run.state.lanes.get('mx-central-1')?.cells['Builds']).toMatchObject({inUse: 0});
  });

  it('takes a role that is already gone for a success, and changes nothing', async () => {
    const run = await simulatedRun({scenario: 'no-role'});
    expect(run.exitCode).toBe(0);
    expect(run.state.ended?.message).toContain('not in this account');
    expect(changesOf(run)).toEqual([]);
  });

  it('asks only for the deletion when every Region is clean', async () => {
    const run = await simulatedRun({scenario: 'clean'});
    expect(run.exitCode).toBe(0);
    expect(changesOf(run).map(({operation}) => operation)).toEqual(['DeleteServiceLinkedRole']);
  });

  it('takes a purged deletion task for what GetRole says', async () => {
    const deletion = {...calm.deletion, purgeOnSuccess: true};
    const run = await simulatedRun({scenario: {...small, deletion}});
    expect(run.exitCode).toBe(0);
    expect(run.after.role).toBeNull();
  });

  it('stops before the deletion when a Region could not be looked at, and names it', async () => {
    const run = await simulatedRun({scenario: 'denied-region'});
    expect(run.exitCode).toBe(4);
    expect(run.state.ended?.message).toContain('eu-south-2');
    expect(run.requests.some(({operation}) => operation === 'DeleteServiceLinkedRole')).toBe(false);
  });

  it('gives up after five rounds, with the reason', async () => {
    const deletion = {...calm.deletion, activeSessionFailures: 99};
    const run = await simulatedRun({scenario: {...small, deletion}});
    expect(run.exitCode).toBe(1);
    expect(run.requests.filter(({operation}) => operation === 'DeleteServiceLinkedRole')).toHaveLength(6);
    expect(run.state.ended?.message).toContain('went back 5 times');
  });

  it('calls nothing to find the Regions when they were named', async () => {
    const runbook = 'clean-up-image-builder';
    const run = await simulatedRun({scenario: 'clean', runbook, regions: ['eu-west-1']});
    expect(run.exitCode).toBe(0);
    expect(run.requests.some(({service}) => service === 'account' || service === 'ssm')).toBe(false);
    expect(run.state.started?.regions).toEqual(['eu-west-1']);
  });

  it('only looks with --plan, and lists what it would change', async () => {
    const run = await simulatedRun({mode: 'plan'});
    expect(run.exitCode).toBe(0);
    expect(run.state.ended?.status).toBe('planned');
    expect(changesOf(run)).toEqual([]);
    const asked = run.events.find((event) => event.type === 'asked');
    if (asked?.type !== 'asked') throw new Error('no plan');
    expect(asked.question.changes.map(({step}) => step)).toEqual([
      ...Array.from({length: 6}, () => 'cancel'),
      ...Array.from({length: 12}, () => 'schedules'),
      'delete',
    ]);
  });

  it('stops with exit 3 where nobody can confirm, before any change', async () => {
    const run = await simulatedRun({answers: {everything: false}});
    expect(run.exitCode).toBe(3);
    expect(changesOf(run)).toEqual([]);
  });

  it('needs the exact text for the typed confirmation', async () => {
    const wrong = await simulatedRun({
      scenario: 'calm',
      answers: {everything: false, yes: true, confirm: ['awsserviceroleforimagebuilder']},
    });
    expect(wrong.exitCode).toBe(2);
    expect(wrong.error).toMatch(/is not the text .* wants: "AWSServiceRoleForImageBuilder"/);
    expect(wrong.journal).toBeUndefined();
    expect(changesOf(wrong)).toEqual([]);
    const right = await simulatedRun({
      scenario: small,
      answers: {everything: false, yes: true, confirm: ['AWSServiceRoleForImageBuilder']},
    });
    expect(right.exitCode).toBe(0);
  });

  it('refuses a text or a Region that nothing will ask for, before a schedule is gone', async () => {
    const answers = {everything: false, yes: true, confirm: ['AWSServiceRoleForImageBuilder']};
    const typo = await simulatedRun({answers: {...answers, confirm: ['AWSServiceRoleForImageBuildr']}});
    expect([typo.exitCode, typo.journal, changesOf(typo)]).toEqual([2, undefined, []]);
    const region = await simulatedRun({answers: {...answers, waive: ['us-est-1']}});
    expect([region.exitCode, region.journal, changesOf(region)]).toEqual([2, undefined, []]);
    expect(region.error).toBe("--waive us-est-1: that is none of the run's Regions; did you mean us-east-1?");
    const plain = await simulatedRun({
      runbook: 'clean-up-image-builder',
      answers: {everything: false, yes: true, confirm: ['yes']},
    });
    expect([plain.exitCode, plain.journal, changesOf(plain)]).toEqual([2, undefined, []]);
    expect(plain.error).toMatch(/no confirmation of clean-up-image-builder wants a text/);
  });

  it('journals who gave each answer, and by which option', async () => {
    const given = await simulatedRun({
      scenario: small,
      answers: {everything: false, yes: true, confirm: ['AWSServiceRoleForImageBuilder']},
    });
    const answered = given.events.flatMap((event) => (event.type === 'answered' ? [event.by] : []));
    expect(new Set(answered)).toEqual(new Set(['ops/kim with --yes', 'ops/kim with --confirm']));
  });

  it('survives a fifth of all calls failing', async () => {
    const run = await simulatedRun({
      scenario: 'calm',
      faults: [
        {service: 'imagebuilder', every: 5, fault: 'throttle'},
        {service: 'iam', every: 5, fault: 'serviceUnavailable'},
      ],
    });
    expect(run.exitCode).toBe(0);
    expect(run.after.role).toBeNull();
  });

  it('can be interrupted: what is under way is finished, nothing new is started', async () => {
    const run = await simulatedRun({
      published: (state, _events, stop) => {
        if (state.changes.length > 0) stop();
      },
    });
    expect(run.exitCode).toBe(130);
    expect(run.state.ended).toBeUndefined();
    const interrupted = run.events.findIndex(({type}) => type === 'interrupted');
    expect(run.events.slice(interrupted).some(({type}) => type === 'call-started')).toBe(false);
    expect(run.state.calls).toEqual([]);
  });

  it('looks again right before the deletion, and goes back when something has come back', async () => {
    const {cancelRefusal: _refusal, ...builds} = calm.builds;
    const run = await simulatedRun({
      onlyRegions: ['eu-west-2'],
      scenario: {
        ...calm,
        builds,
        running: [],
        pipelines: calm.pipelines.filter(({region}) => region === 'eu-west-2'),
        // The read-back of the schedule that was removed: the operator is asked after it.
        surprises: [
          {
            upon: 'imagebuilder:GetImagePipeline',
            nth: 2,
            startBuild: {region: 'eu-west-2', name: 'late', version: '1.0.0'},
          },
        ],
      },
    });
    expect(run.exitCode).toBe(0);
    expect(run.events.find(({type}) => type === 'went-back')).toMatchObject({step: 'still', to: 'builds'});
    expect(changesOf(run).map(({operation}) => operation)).toEqual([
      'UpdateImagePipeline',
      'CancelImageCreation',
      'DeleteServiceLinkedRole',
    ]);
  });

  it('says what would bring the role back', async () => {
    const run = await simulatedRun({scenario: 'calm', onlyRegions: ['us-east-1']});
    const consent = run.events.find((event) => event.type === 'asked' && event.question.step === 'consent');
    if (consent?.type !== 'asked') throw new Error('nothing was asked');
    expect(consent.question.message).toContain('61 pipelines could be started by hand');
    expect(consent.question.message).toContain(
      'EventBridge rules of the default event bus that start them: none.',
    );
  });

  it('waits for builds instead of cancelling them, when told to', async () => {
    const builds = {...calm.builds, lastSeconds: 600};
    const running = small.running.slice(0, 1).map((build) => ({...build, startedMinutesAgo: 1}));
    const run = await simulatedRun({
      scenario: {...small, builds, running},
      inputs: ['builds=wait'],
    });
    expect(run.exitCode).toBe(0);
    const found = run.events.flatMap((event) =>
      event.type === 'step-succeeded' && event.step === 'builds' ? [event.inUse] : [],
    );
    expect(found).toContain(1);
    expect(changesOf(run).some(({operation}) => operation === 'CancelImageCreation')).toBe(false);
    expect(run.after.role).toBeNull();
  });
});
