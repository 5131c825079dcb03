import {describe, expect, it} from 'vitest';
import {readJournal} from '../../source/journal/read.ts';
import {reportOf} from '../../source/report/build/fold.ts';
import {markdownOf} from '../../source/report/markdown/markdown.ts';
import type {Report} from '../../source/report/model.ts';
import {sectionsHtml} from '../../source/report/html/sections.ts';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import type {Scenario} from '../../source/simulator/scenario/schema.ts';
import {summaryText} from '../../source/wording/run-summary.ts';
import {changesOf} from '../support/run-results.ts';
import {simulatedRun, type SimulatedRun} from '../support/simulated-run.ts';

function reported(run: SimulatedRun): Report {
  return reportOf(readJournal(run.journal ?? ''));
}

describe('inspect-service-linked-role ends in the role itself', () => {
  it('on the screen, in the lines that stay and in every report', async () => {
    const run = await simulatedRun({runbook: 'inspect-service-linked-role'});
    const said = summaryText({state: run.state});
    expect(said).toContain('✓ Done: AWSServiceRoleForImageBuilder is in this account');
    const report = reported(run);
    for (const text of [said, markdownOf(report), sectionsHtml(report), JSON.stringify(report)]) {
      expect(text).toContain(
        'ssm.amazonaws.com: the 2021 edition of the page names it, the 2024 edition does not',
      );
      expect(text).toContain('ssm AddTagsToResource, DescribeInstanceInformation, ');
      expect(text).toMatch(/Last used \d{4}-\d\d-\d\dT\S+ in eu-central-1/);
      expect(text).toContain('us-east-1: 2 running builds');
      expect(text).toContain('us-west-2: 2 scheduled pipelines');
      expect(text).toContain('On the page and not allowed: none');
    }
  });

  it('also where a Region could not be checked', async () => {
    const run = await simulatedRun({runbook: 'inspect-service-linked-role', scenario: 'denied-region'});
    expect(run.state.ended?.status).toBe('blocked');
    expect(summaryText({state: run.state})).toContain('imagebuilder.amazonaws.com: both editions');
  });
});

describe('a plan ends in its changes', () => {
  it('with their targets and differences, in the lines that stay and in every report', async () => {
    const run = await simulatedRun({runbook: 'clean-up-image-builder', mode: 'plan'});
    expect(changesOf(run)).toEqual([]);
    const said = summaryText({state: run.state});
    expect(said).toContain('Would be changed: 18 changes in 9 Regions');
    const report = reported(run);
    expect(report.planned).toHaveLength(18);
    expect(report.planned?.[0]?.request).toEqual({imageBuildVersionArn: report.planned?.[0]?.target});
    for (const text of [said, markdownOf(report), sectionsHtml(report)]) {
      expect(text.match(/arn:aws:imagebuilder:us-west-2:\d+:image-pipeline\/gpu/g)?.length).toBeGreaterThan(
        0,
      );
      expect(text).toContain('schedule cron(0 2 * * ? *) to be removed');
    }
  });
});

describe('create-service-linked-role', () => {
  it.each([
    ['no-role', 'created'],
    ['clean', 'it was there already'],
  ])('in %s ends in: %s', async (scenario, message) => {
    const run = await simulatedRun({runbook: 'create-service-linked-role', scenario});
    expect(run.state.ended).toMatchObject({
      status: 'done',
      message,
      result: [
        {title: 'The role', lines: [expect.stringMatching(/^ARN arn:/), expect.stringMatching(/^Made /)]},
      ],
    });
  });
});

describe('pipelines that CloudFormation manages', () => {
  const calm = loadScenario('calm');
  const stackTag = {'aws:cloudformation:stack-name': 'images-prod'};
  const managed = ['golden-linux', 'gpu', 'sap'];
  const scenario: Scenario = {
    ...calm,
    running: [],
    pipelines: calm.pipelines.map((one) => (managed.includes(one.name) ? {...one, tags: stackTag} : one)),
  };
  it('are named at the decision, in the plan and in the report, with what their next deployment does', async () => {
    const run = await simulatedRun({runbook: 'clean-up-image-builder', scenario, mode: 'plan'});
    const asked = run.events.find((event) => event.type === 'asked');
    if (asked?.type !== 'asked') throw new Error('nothing was asked');
    expect(asked.question.message).toMatch(
      /some of the pipelines: [2-9] belong to stack images-prod\. The next deployment of a stack puts its schedules back\./,
    );
    const report = reported(run);
    for (const text of [summaryText({state: run.state}), markdownOf(report), sectionsHtml(report)]) {
      expect(text).toMatch(
        /stack images-prod: arn:aws:imagebuilder:us-west-2:\d+:image-pipeline\/gpu; its next/,
      );
    }
  });

  it('are not spoken of where there are none', async () => {
    const run = await simulatedRun({runbook: 'clean-up-image-builder', scenario: 'calm', mode: 'plan'});
    expect(run.events.flatMap((event) => (event.type === 'asked' ? [event.question.message] : []))).toEqual([
      expect.not.stringContaining('CloudFormation'),
    ]);
    expect(summaryText({state: run.state})).not.toContain('CloudFormation');
  });
});

describe('a deleted role', () => {
  it('leaves its id in the policies that named it, says the result', async () => {
    const run = await simulatedRun({scenario: 'clean'});
    const said = summaryText({state: run.state});
    expect(said).toContain('✓ Done: the role is gone');
    expect(said).toMatch(/hold its id now, AROA[A-Z0-9]+\. A role that is made again has another id/);
  });
});

describe('the last lines tell no untruth', () => {
  it('counts no failed call of a success: that a deleted role is not found is the proof', async () => {
    const {state, exitCode} = await simulatedRun({scenario: 'clean'});
    expect(exitCode).toBe(0);
    expect(summaryText({state})).toMatch(/Calls +\d+$/m);
  });

  it('names the one Region that does not take the token, and pauses nothing', async () => {
    const fault = 'unrecognizedClient' as const;
    const {state, events} = await simulatedRun({
      scenario: 'clean',
      faults: [{operation: 'ListImageBuildVersions', region: 'il-central-1', first: 999, fault}],
    });
    expect(summaryText({state})).toContain('il-central-1: this Region does not take the session token');
    expect(events.filter(({type}) => type === 'paused')).toEqual([]);
  });
});

describe('the look for EventBridge rules', () => {
  it('is one call in a Region with pipelines and no rules, and none in a Region without pipelines', async () => {
    const clean = loadScenario('clean');
    const scenario: Scenario = {
      ...clean,
      regionNames: ['eu-west-1', 'us-east-1'],
      regions: {'eu-west-1': {manual: 0}, 'us-east-1': {manual: 101}},
    };
    const run = await simulatedRun({scenario});
    expect(run.exitCode).toBe(0);
    const calls = run.requests.filter(({service}) => service === 'events' || service === 'imagebuilder');
    const counts = Map.groupBy(calls, ({region}) => region);
    // Each list twice. The second page of 101 pipelines is the fifth.
    expect(counts.get('eu-west-1')).toHaveLength(4);
    expect(
      counts
        .get('us-east-1')
        ?.map(({operation}) => operation)
        .toSorted(),
    ).toEqual([
      ...Array.from({length: 2}, () => 'ListImageBuildVersions'),
      ...Array.from({length: 2 * 5}, () => 'ListImagePipelines'),
      'ListRules',
    ]);
    const asked = run.events
      .map((event) => (event.type === 'asked' ? event.question.message : ''))
      .join('\n');
    expect(asked).toContain('At the first check 101 pipelines could be started by hand.');
    expect(asked).toContain('EventBridge rules of the default event bus that start them: none.');
  });

  it('is made once, also where the deletion is tried again', async () => {
    const run = await simulatedRun({scenario: 'default'});
    expect(run.exitCode).toBe(0);
    expect(run.requests.filter(({operation}) => operation === 'DeleteServiceLinkedRole')).toHaveLength(2);
    const looked = run.requests.filter(({operation}) => operation === 'ListRules');
    expect(looked.map(({region}) => region).toSorted()).toEqual(
      [...new Set(looked.map(({region}) => region))].toSorted(),
    );
    expect(looked.length).toBeGreaterThan(1);
  });
});
