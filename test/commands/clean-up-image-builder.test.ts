import {describe, expect, it} from 'vitest';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import type {AccountDocument} from '../../source/simulator/state/account-document.ts';
import {gridCell} from '../../source/ui/regions/grid-cell.ts';
import {changesOf} from '../support/run-results.ts';
import {simulatedRun, type SimulatedRun} from '../support/simulated-run.ts';

function running({regions}: AccountDocument): readonly string[] {
  return Object.values(regions).flatMap(({builds}) =>
    Object.entries(builds).flatMap(([arn, {status}]) => (status.endsWith('ING') ? [arn] : [])),
  );
}

function scheduled({regions}: AccountDocument): readonly string[] {
  return Object.values(regions).flatMap(({pipelines}) =>
    Object.entries(pipelines).flatMap(([arn, {members}]) =>
      (members as {schedule?: unknown}).schedule === undefined ? [] : [arn],
    ),
  );
}

function operations(run: SimulatedRun): readonly string[] {
  return [...new Set(changesOf(run).map(({operation}) => operation))].sort();
}

describe('clean-up-image-builder', () => {
  it('cancels every build and sets every schedule to manual, and leaves the role', async () => {
    const run = await simulatedRun({runbook: 'clean-up-image-builder'});
    expect(run.error).toBeUndefined();
    expect(run.exitCode).toBe(0);
    expect(running(run.before)).toHaveLength(6);
    expect(scheduled(run.before)).toHaveLength(12);
    expect(running(run.after)).toEqual([]);
    expect(scheduled(run.after)).toEqual([]);
    expect(run.after.role).toEqual(run.before.role);
    expect(operations(run)).toEqual(['CancelImageCreation', 'UpdateImagePipeline']);
  });

  it('shows what becomes of the builds: cancelling while they end, cancelled when they have', async () => {
    const run = await simulatedRun({runbook: 'clean-up-image-builder', scenario: 'calm'});
    const {state, events} = run;
    const said = events.flatMap((event) => ('summary' in event ? [event.summary] : []));
    expect(said).toContain('1 cancelling');
    const words = (region: string): string => {
      const lane = state.lanes.get(region);
      return lane === undefined ? '' : gridCell(state, lane, 'Builds').text;
    };
    expect(words('us-east-1')).toBe('2 cancelled');
    expect(words('ap-northeast-1')).toBe('1 cancelled');
    expect(words('us-west-2')).toBe('');
  });

  it('can cancel a build that waits for a person', async () => {
    const run = await simulatedRun({runbook: 'clean-up-image-builder', regions: ['ap-northeast-1']});
    expect(run.exitCode).toBe(0);
    expect(changesOf(run).map(({operation}) => operation)).toEqual(['CancelImageCreation']);
    expect(running(run.after).filter((arn) => arn.includes('ap-northeast-1'))).toEqual([]);
  });

  it('waits for builds instead, when told to', async () => {
    const calm = loadScenario('calm');
    const run = await simulatedRun({
      runbook: 'clean-up-image-builder',
      scenario: {
        ...calm,
        builds: {...calm.builds, lastSeconds: 600},
        running: calm.running.slice(0, 3).map((build) => ({...build, startedMinutesAgo: 1})),
      },
      inputs: ['builds=wait'],
    });
    expect(run.exitCode).toBe(0);
    expect(running(run.after)).toEqual([]);
    expect(operations(run)).toEqual(['UpdateImagePipeline']);
  });

  it('deletes the scheduled pipelines, and no other, when told to', async () => {
    const run = await simulatedRun({
      runbook: 'clean-up-image-builder',
      scenario: 'calm',
      inputs: ['pipelines=delete'],
    });
    expect(run.exitCode).toBe(0);
    const deleted = new Set(scheduled(run.before));
    for (const [region, {pipelines}] of Object.entries(run.before.regions)) {
      const kept = Object.fromEntries(Object.entries(pipelines).filter(([arn]) => !deleted.has(arn)));
      expect(run.after.regions[region]?.pipelines).toEqual(kept);
    }
  });

  it('visits the Regions that its input names, and no other', async () => {
    const run = await simulatedRun({
      runbook: 'clean-up-image-builder',
      inputs: ['regions=us-east-1,eu-west-2'],
    });
    expect(run.exitCode).toBe(0);
    expect(run.state.started?.regions).toEqual(['us-east-1', 'eu-west-2']);
    expect(new Set(changesOf(run).map(({region}) => region))).toEqual(new Set(['us-east-1', 'eu-west-2']));
    expect(run.after.regions['sa-east-1']).toEqual(run.before.regions['sa-east-1']);
  });

  it('looks at builds version by version where AWS lists them so only', async () => {
    const calm = loadScenario('calm');
    const run = await simulatedRun({
      runbook: 'clean-up-image-builder',
      scenario: {...calm, builds: {...calm.builds, listedByVersionOnly: true}},
      regions: ['us-east-1', 'eu-west-3'],
    });
    expect(run.error).toBeUndefined();
    expect(run.exitCode).toBe(0);
    expect(running(run.before).filter((arn) => arn.includes('us-east-1'))).toHaveLength(2);
    expect(running(run.after).filter((arn) => arn.includes('us-east-1'))).toEqual([]);
    expect(run.state.lanes.get('us-east-1')?.cells['Builds']).toMatchObject({inUse: 0, text: '0 running'});
  });

  it('goes back when something has come back by the last look', async () => {
    const calm = loadScenario('calm');
    const run = await simulatedRun({
      runbook: 'clean-up-image-builder',
      regions: ['eu-west-2'],
      scenario: {
        ...calm,
        surprises: [
          {
            // The read-back of the last schedule that is removed, after which only the last looks follow.
            upon: 'imagebuilder:GetImagePipeline',
            nth: 2,
            startBuild: {region: 'eu-west-2', name: 'late', version: '1.0.0'},
          },
        ],
      },
    });
    expect(run.events.filter(({type}) => type === 'went-back')).toHaveLength(1);
    expect(run.exitCode).toBe(0);
    expect(running(run.after).filter((arn) => arn.includes('eu-west-2'))).toEqual([]);
  });
});
