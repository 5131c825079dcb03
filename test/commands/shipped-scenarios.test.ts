import {describe, expect, it} from 'vitest';
import {listScenarios} from '../../source/simulator/scenario/load.ts';
import {simulatedRun, type SimulatedRun} from '../support/simulated-run.ts';

/**
 * How the role removal ends in each shipped scenario with the demo's answers, and its calls: as they were at commit
 * 319d99e, and since then the look for EventBridge rules. How often a wait polls and how often a call is tried again depends on the machine, and is left out.
 */
const table: Readonly<Record<string, {readonly status: string; readonly calls: string}>> = {
  calm: {
    status: 'done',
    calls:
      'CancelImageCreation 6, DeleteServiceLinkedRole 1, GetImagePipeline 24, GetRole 1, ListImageBuildVersions 76, ' +
      'ListImagePipelines 76, ListRules 30, ListWaitingWorkflowSteps 4, UpdateImagePipeline 12',
  },
  clean: {
    status: 'done',
    calls:
      'DeleteServiceLinkedRole 1, GetRole 1, ListImageBuildVersions 76, ListImagePipelines 76, ListRules 30',
  },
  default: {
    status: 'done',
    calls:
      'CancelImageCreation 7, DeleteServiceLinkedRole 2, GetImagePipeline 24, GetRole 1, ListImageBuildVersions 152, ' +
      'ListImagePipelines 152, ListRules 30, ListWaitingWorkflowSteps 5, UpdateImagePipeline 12',
  },
  'denied-region': {
    status: 'blocked',
    calls: 'GetRole 1, ListImageBuildVersions 38, ListImagePipelines 38, ListWaitingWorkflowSteps 4',
  },
  // Its caller's own account has no role.
  fleet: {status: 'done', calls: 'GetRole 1'},
  'no-role': {status: 'done', calls: 'GetRole 1'},
};

/** Each operation with the number of its calls, in the alphabet's order. */
function callsOf({events}: SimulatedRun): string {
  const counts = new Map<string, number>();
  for (const event of events) {
    if (event.type !== 'call-started' || event.attempt > 1) continue;
    if (event.phase === 'poll' || event.phase === 'recheck') continue;
    const name = event.operation.replace(/^.*:/, '');
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .map(([name, count]) => `${name} ${count}`)
    .sort()
    .join(', ');
}

describe('the shipped scenarios', () => {
  it('are those of the table', () => {
    expect(listScenarios()).toEqual(Object.keys(table));
  });

  it.each(Object.entries(table))('%s ends as it always did, with the same calls', async (scenario, kept) => {
    const run = await simulatedRun({scenario});
    expect({status: run.state.ended?.status, calls: callsOf(run)}).toEqual(kept);
  });
});
