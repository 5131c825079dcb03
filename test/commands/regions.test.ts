import {describe, expect, it} from 'vitest';
import {reportOf} from '../../source/report/build/fold.ts';
import {readJournal} from '../../source/journal/read.ts';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import type {Scenario} from '../../source/simulator/scenario/schema.ts';
import {summaryText} from '../../source/wording/run-summary.ts';
import {changesOf} from '../support/run-results.ts';
import {simulatedRun, type SimulatedRun} from '../support/simulated-run.ts';

/** An account whose only use of the role is a scheduled pipeline in eu-west-1, and nothing in us-east-1. */
function usedInIreland(more: Partial<Scenario> = {}): Scenario {
  const calm = loadScenario('calm');
  const [pipeline] = calm.pipelines.filter(({region}) => region === 'eu-west-1');
  if (pipeline === undefined) throw new Error('the scenario has no scheduled pipeline in eu-west-1');
  return {...calm, running: [], pipelines: [pipeline], ...more};
}

function deletions({requests}: SimulatedRun): number {
  return requests.filter(({operation}) => operation === 'DeleteServiceLinkedRole').length;
}

function looked({requests}: SimulatedRun): ReadonlySet<string> {
  return new Set(
    requests.flatMap(({operation, region}) => (operation === 'ListImagePipelines' ? [region] : [])),
  );
}

describe('--region, where something is changed for the whole account', () => {
  it('looks everywhere, changes nothing elsewhere, and deletes nothing while another Region is in use', async () => {
    const run = await simulatedRun({scenario: usedInIreland(), regions: ['us-east-1']});
    expect(run.exitCode).toBe(4);
    expect(looked(run).size).toBe(34);
    expect(changesOf(run)).toEqual([]);
    expect(run.state.ended?.message).toMatch(
      /^eu-west-1 is in use: “Set schedules to manual” has 1 to do here, and changes are made only in us-east-1/,
    );
    expect(summaryText({state: run.state})).toMatch(/33 clear, 1 in use/);
  });

  it('changes what is needed in the Regions that are named, and then deletes', async () => {
    const run = await simulatedRun({scenario: usedInIreland(), regions: ['eu-west-1']});
    expect(run.exitCode).toBe(0);
    expect(looked(run).size).toBe(34);
    expect(changesOf(run).map(({operation, region}) => `${operation} ${region}`)).toEqual([
      'UpdateImagePipeline eu-west-1',
      'DeleteServiceLinkedRole us-east-1',
    ]);
  });

  it('says which Region may have been meant by a name that the account does not have', async () => {
    const run = await simulatedRun({scenario: usedInIreland(), regions: ['eu-wset-1']});
    expect(run.exitCode).toBe(4);
    expect(summaryText({state: run.state})).toMatch(
      /eu-wset-1: .*it is not in the account’s list of Regions; did you mean eu-west-1\?/,
    );
  });

  it('narrows a runbook that changes nothing for the whole account altogether', async () => {
    const run = await simulatedRun({
      scenario: usedInIreland(),
      runbook: 'clean-up-image-builder',
      regions: ['us-east-1'],
    });
    expect(run.exitCode).toBe(0);
    expect([...looked(run)]).toEqual(['us-east-1']);
  });
});

describe('--only-region', () => {
  it('leaves the others unknown, by name and in the journal, and AWS’s answer brings one back', async () => {
    const run = await simulatedRun({
      scenario: usedInIreland(),
      onlyRegions: ['us-east-1'],
      inputs: ['retryWaitSeconds=1'],
    });
    const waived = run.events.flatMap((event) => (event.type === 'waived' ? [event] : []));
    expect(waived).toHaveLength(33);
    expect(new Set(waived.map(({by}) => by))).toEqual(new Set(['ops/kim with --only-region']));
    // The first deletion is refused for eu-west-1, which is then looked at, shown, stopped and let go.
    expect(deletions(run)).toBe(2);
    expect([...looked(run)].toSorted()).toEqual(['eu-west-1', 'us-east-1']);
    expect(run.exitCode).toBe(0);
    expect(summaryText({state: run.state})).toMatch(/2 clear, 32 unknown/);
    expect(summaryText({state: run.state})).toMatch(
      /Unknown +not checked, ops\/kim with --only-region: af-south-1, /,
    );
    const report = reportOf(readJournal(run.journal ?? ''));
    expect(report.notLookedAt).toHaveLength(32);
  });
});

/** The account with af-south-1 disabled, and its pipeline there. */
function usedInCapeTown(): Scenario {
  const base = usedInIreland();
  const pipelines = base.pipelines.map((pipeline) => ({...pipeline, region: 'af-south-1'}));
  const regions = {
    ...base.regions,
    'af-south-1': {...base.regions['af-south-1'], status: 'DISABLED' as const},
  };
  return {...base, pipelines, regions};
}

describe('a disabled Region', () => {
  it('is said to be disabled and not checked, and what AWS names there stops a second deletion', async () => {
    const run = await simulatedRun({
      scenario: usedInCapeTown(),
      inputs: ['retryWaitSeconds=1'],
      answers: {everything: false, yes: true, confirm: ['AWSServiceRoleForImageBuilder']},
    });
    const started = run.events.find(({type}) => type === 'run-started');
    expect(started).toMatchObject({
      disabled: ['af-south-1'],
      notes: [expect.stringMatching(/^af-south-1 is disabled for this account: not checked/) as string],
    });
    expect(summaryText({state: run.state})).toMatch(/Disabled +af-south-1: not checked/);
    expect(reportOf(readJournal(run.journal ?? '')).disabled).toEqual(['af-south-1']);
    expect(run.events).toContainEqual(expect.objectContaining({type: 'region-found', region: 'af-south-1'}));
    expect(deletions(run)).toBe(1);
    expect(run.exitCode).toBe(4);
    expect(run.state.ended?.message).toMatch(/^af-south-1 is in use: AWS says that /);
  });
  it.each(['regions', 'onlyRegions'] as const)(
    'that is named is visited, and is not said to be left out (%s)',
    async (named) => {
      const run = await simulatedRun({scenario: usedInCapeTown(), [named]: ['af-south-1']});
      const started = run.events.find(({type}) => type === 'run-started');
      expect(started).not.toHaveProperty('disabled');
      expect(started?.type === 'run-started' ? started.notes : []).not.toContainEqual(
        expect.stringContaining('disabled for this account'),
      );
      expect(run.state.lanes.get('af-south-1')?.fault?.kind).toBe('not-enabled');
      expect(deletions(run)).toBe(0);
      expect(run.exitCode).toBe(4);
    },
  );
});
