import {describe, expect, it} from 'vitest';
import type {Event} from '../../source/engine/model/events.ts';
import {evolve, initialState} from '../../source/engine/evolve/evolve.ts';
import {parseRunbook} from '../../source/runbook/load/load.ts';
import {gridCell} from '../../source/ui/regions/grid-cell.ts';
import {stepViews} from '../../source/wording/step-progress.ts';
import {simulatedRun, type SimulatedRun} from '../support/simulated-run.ts';

const region = 'us-east-1';

/** Two looks of three pages each, and a step that needs both. `more`: members of the second. */
const text = (more = ''): string => `handrail: 1
name: test
title: Test
steps:
  - id: builds
    title: Find builds
    scope: region
    column: Builds
    call: imagebuilder:ListImageBuildVersions
    output: '\${{ imageSummaryList[].arn }}'
    summary: \${{ length(@) }} builds
  - id: pipelines
    title: Find pipelines
    scope: region
    alongside: true
    column: Pipelines
    call: imagebuilder:ListImagePipelines
    output: '\${{ imagePipelineList[].arn }}'
    summary: \${{ length(@) }} pipelines
${more}  - id: both
    title: See both
    scope: region
    assert:
      that: \${{ length(steps.builds.output) > \`0\` && length(steps.pipelines.output) > \`0\` }}
      message: one of them found nothing
`;
const runbook = parseRunbook('test.yaml', text());

const looks = (faults: Parameters<typeof simulatedRun>[0] = {}): Promise<SimulatedRun> =>
  simulatedRun({runbook, scenario: 'calm', regions: [region], ...faults});

/** The state after each event. */
function statesOf(events: readonly Event[]): readonly (typeof initialState)[] {
  let state = initialState;
  return events.map((event) => (state = evolve(state, event)));
}

describe('steps that go on at the same time', () => {
  it('have calls under way at once, and the step after them waits for both', async () => {
    const {events, exitCode} = await looks();
    expect(exitCode).toBe(0);
    const started = events.flatMap((event) => (event.type === 'call-started' ? [event.operation] : []));
    expect(started.slice(0, 2)).toEqual([
      'imagebuilder:ListImageBuildVersions',
      'imagebuilder:ListImagePipelines',
    ]);
    const most = Math.max(...statesOf(events).map(({calls}) => calls.length));
    expect(most).toBe(2);
    const ends = events.flatMap((event) => (event.type === 'step-succeeded' ? [event.step] : []));
    expect(ends.at(-1)).toBe('both');
    expect(ends.toSorted()).toEqual(['both', 'builds', 'pipelines']);
  });

  it('are both seen at work: in the rail, and in their columns of the grid', async () => {
    const {events} = await looks();
    const busy = statesOf(events).find(({calls}) => calls.length === 2);
    const lane = busy?.lanes.get(region);
    if (busy === undefined || lane === undefined) throw new Error('they were not under way together');
    expect(stepViews(busy).map(({state}) => state)).toEqual(['active', 'active', 'todo']);
    expect(['Builds', 'Pipelines'].map((column) => gridCell(busy, lane, column).text)).toEqual([
      'looking',
      'looking',
    ]);
  });

  it('keep what the other has found when one of them fails, and leave no call unanswered', async () => {
    const {state, exitCode} = await looks({
      faults: [
        {service: 'imagebuilder', operation: 'ListImagePipelines', always: true, fault: 'accessDenied'},
      ],
    });
    expect(exitCode).not.toBe(0);
    expect(state.calls.length).toBe(0);
    const lane = state.lanes.get(region);
    expect(lane?.faultStep).toBe('pipelines');
    expect(lane?.results['both']).toBeUndefined();
  });

  it('are not given up for a jump back while an answer is still to come', async () => {
    const jump = `    catch: [{errorEquals: [All], next: builds, maxVisits: 1}]\n`;
    const {state, events} = await looks({
      runbook: parseRunbook('test.yaml', text(jump)),
      faults: [
        {service: 'imagebuilder', operation: 'ListImagePipelines', always: true, fault: 'accessDenied'},
      ],
    });
    expect(events.filter(({type}) => type === 'went-back')).toHaveLength(1);
    expect(state.ended?.status).toBe('blocked');
    expect(state.calls.length).toBe(0);
  });

  it('go on from where they were when the run is resumed: what has ended is not looked for again', async () => {
    const {events} = await looks();
    const end = events.findIndex((event) => event.type === 'step-succeeded');
    const resumed = {type: 'resumed', by: 'me', versions: {}, at: events[end]?.at ?? 0} as const;
    const state = statesOf([...events.slice(0, end + 1), resumed]).at(-1);
    const lane = state?.lanes.get(region);
    const ended = Object.keys(lane?.results ?? {});
    expect(ended).toHaveLength(1);
    const other = ended[0] === 'builds' ? 'pipelines' : 'builds';
    expect(lane?.current?.step).toBe(other);
    expect(lane?.beside).toBeUndefined();
    expect(lane?.next).toBe(other === 'builds' ? 0 : 1);
  });
});
