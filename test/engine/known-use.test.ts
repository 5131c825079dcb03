import type {Json} from '../../source/data/json.ts';
import {describe, expect, it} from 'vitest';
import type {Command} from '../../source/engine/decide/operator-commands.ts';
import type {Event} from '../../source/engine/model/events.ts';
import type {CallOutcome, CallRequest} from '../../source/engine/model/ports.ts';
import type {RunState} from '../../source/engine/model/state.ts';
import {truthOf} from '../../source/engine/queries/region-truth.ts';
import {regionNow} from '../../source/wording/region-status.ts';
import {play, program, type Recording} from './play.ts';
import {failure, pipelineArn, smallWorld, type SmallWorld} from './small-world.ts';

type Spoil = (request: CallRequest) => CallOutcome | undefined;

const answer = (output: Json, unmodeled: readonly string[] = []): CallOutcome => ({
  ok: true,
  output,
  ms: 1,
  unmodeled,
});

/** Plays the removal; `orders` may give commands whenever something was published. */
function played(
  world: SmallWorld,
  spoil: Spoil,
  orders: (state: RunState, order: (command: Command) => void) => void = () => {},
  more: Partial<typeof program> = {},
): Promise<Recording> {
  let steer: ((command: Command) => void) | undefined;
  return play({
    world,
    startMs: Date.UTC(2026, 0, 1),
    seed: 1,
    program: {...program, ...more},
    spoil,
    steering: (handler) => (steer = handler),
    published: (state) => orders(state, (command) => queueMicrotask(() => steer?.(command))),
  });
}

function eventsOf<T extends Event['type']>(
  {events}: Recording,
  type: T,
): readonly Extract<Event, {type: T}>[] {
  return events.filter((event): event is Extract<Event, {type: T}> => event.type === type);
}

function deletions({events}: Recording): number {
  return eventsOf({events} as Recording, 'call-started').filter(
    ({operation}) => operation === 'iam:DeleteServiceLinkedRole',
  ).length;
}

/** AWS refuses the first deletion, and names a pipeline in a Region. */
function refusedFor(region: string): Spoil {
  let asked = 0;
  return ({operation, input}) => {
    if (operation === 'iam:DeleteServiceLinkedRole') {
      asked += 1;
      return asked > 1 ? undefined : answer({DeletionTaskId: 'refused'});
    }
    if (input['DeletionTaskId'] !== 'refused') return undefined;
    const resource = `arn:aws:imagebuilder:${region}:123456789012:image-pipeline/hidden`;
    return answer({
      Status: 'FAILED',
      Reason: {Reason: 'in use', RoleUsageList: [{Region: region, Resources: [resource]}]},
    });
  };
}

function all(...spoils: readonly Spoil[]): Spoil {
  return (request) => {
    for (const spoil of spoils) {
      const outcome = spoil(request);
      if (outcome !== undefined) return outcome;
    }
    return undefined;
  };
}

/** A pipeline that is scheduled, and has a member that a write would lose. */
const unmodeled: Spoil = ({operation, input}) =>
  operation === 'imagebuilder:GetImagePipeline' && input['imagePipelineArn'] === pipelineArn('four')
    ? answer(
        {
          imagePipeline: {
            arn: pipelineArn('four'),
            infrastructureConfigurationArn: 'i',
            schedule: {scheduleExpression: 'rate(1 day)'},
          },
        },
        ['quantumPolicy'],
      )
    : undefined;

/** Schedules that may not be listed in a Region where builds run. */
const half: Spoil = ({operation, region}) =>
  operation === 'imagebuilder:ListImagePipelines' && region === 'eu-west-1'
    ? failure('denied', 'AccessDeniedException')
    : undefined;

describe('a Region that is known to be in use', () => {
  it('cannot be waived: a pipeline that Handrail refused to write is still scheduled', async () => {
    const recording = await played(smallWorld(), unmodeled, undefined, {waive: ['us-east-1']});
    const lane = recording.state.lanes.get('us-east-1');
    expect(lane?.fault?.name).toBe('UnmodelledMembers');
    expect(lane && truthOf(recording.state, lane)).toBe('in-use');
    expect(eventsOf(recording, 'waived')).toEqual([]);
    expect(deletions(recording)).toBe(0);
    expect(recording.state.ended).toMatchObject({status: 'blocked'});
    expect(recording.state.ended?.message).toMatch(/^us-east-1 is in use: .*quantumPolicy/);
  });

  it('cannot be waived when only one of its looks failed and another found something', async () => {
    const recording = await played(smallWorld(), half, undefined, {waive: ['eu-west-1']});
    expect(eventsOf(recording, 'waived')).toEqual([]);
    expect(recording.state.ended?.status).toBe('blocked');
    const lane = recording.state.lanes.get('eu-west-1');
    expect(lane && regionNow(recording.state, lane, 0).text).toMatch(/^in use; denied/);
  });
});

describe('what AWS says is in use', () => {
  it('outranks a waiver: the Region is looked at in the next round, and stops it while it cannot be', async () => {
    const recording = await played(
      smallWorld({deniedRegion: 'eu-west-2'}),
      refusedFor('eu-west-2'),
      undefined,
      {waive: ['eu-west-2']},
    );
    const lane = recording.state.lanes.get('eu-west-2');
    expect(eventsOf(recording, 'waived')).toHaveLength(1);
    expect(lane?.waived).toBeUndefined();
    expect(lane && truthOf(recording.state, lane)).toBe('in-use');
    expect(lane && regionNow(recording.state, lane, 0).text).toMatch(
      /^in use: hidden, says AWS; not checked: denied/,
    );
    expect(deletions(recording)).toBe(1);
    expect(recording.state.ended?.message).toMatch(/^eu-west-2 is in use: AWS says that .*hidden uses it/);
  });

  it('gives a Region that nobody visited a row, which the next round looks at', async () => {
    const world = smallWorld();
    const recording = await played(
      world,
      all(refusedFor('ap-south-1'), notThere('ap-south-1', {empty: true})),
    );
    expect(eventsOf(recording, 'region-found')).toMatchObject([{region: 'ap-south-1'}]);
    const looks = eventsOf(recording, 'call-started').filter(({region}) => region === 'ap-south-1');
    expect(looks.map(({operation}) => operation)).toContain('imagebuilder:ListImagePipelines');
    expect(deletions(recording)).toBe(2);
    expect(recording.state.ended?.status).toBe('done');
    expect(recording.state.lanes.get('ap-south-1')).toMatchObject({usage: [], cells: {Builds: {inUse: 0}}});
  });

  it('stops a blind second deletion where that Region cannot be looked at', async () => {
    const recording = await played(smallWorld(), all(refusedFor('ap-south-1'), notThere('ap-south-1', {})));
    expect(deletions(recording)).toBe(1);
    expect(recording.state.ended?.status).toBe('blocked');
    expect(recording.state.ended?.message).toContain('ap-south-1 is in use: AWS says');
  });

  it('stays known when only half of the looks found nothing: the other half cannot be waived', async () => {
    const recording = await played(
      smallWorld(),
      all(
        refusedFor('ap-south-1'),
        ({region, operation}) =>
          region === 'ap-south-1' && operation.endsWith('Pipelines')
            ? failure('denied', 'AccessDeniedException')
            : undefined,
        notThere('ap-south-1', {empty: true}),
      ),
      undefined,
      {waive: ['ap-south-1']},
    );
    expect(eventsOf(recording, 'waived')).toEqual([]);
    expect(deletions(recording)).toBe(1);
    expect(recording.state.ended?.message).toContain('ap-south-1 is in use: AWS says');
  });

  it('stays known when a look that was not made again had found nothing before', async () => {
    // Another Region of the small world, empty in the first round.
    const lookedBefore = laterLook();
    const recording = await played(
      smallWorld(),
      all(refusedFor('eu-west-2'), ({region, operation}) =>
        region === 'eu-west-2' && lookedBefore(operation)
          ? failure('denied', 'AccessDeniedException')
          : undefined,
      ),
      undefined,
      {waive: ['eu-west-2']},
    );
    expect(eventsOf(recording, 'waived')).toEqual([]);
    expect(deletions(recording)).toBe(1);
    expect(recording.state.ended?.message).toContain('eu-west-2 is in use: AWS says');
  });
});

/** Says that a list of pipelines is not the first that is asked for. */
function laterLook(): (operation: string) => boolean {
  let looks = 0;
  return (operation) => operation.endsWith('ListImagePipelines') && (looks += 1) > 1;
}

/** A Region that the small world does not have: empty, or denied. */
function notThere(name: string, {empty = false}: {readonly empty?: boolean}): Spoil {
  return ({region, operation}) => {
    if (region !== name) return undefined;
    if (!empty) return failure('denied', 'AccessDeniedException');
    return answer(operation.endsWith('Pipelines') ? {imagePipelineList: []} : {imageSummaryList: []});
  };
}

describe('a waived Region that is tried again', () => {
  it('is looked at from the beginning, and no plan has a change of unknown size', async () => {
    const world = smallWorld({deniedRegion: 'us-east-1'});
    let retried = false;
    const recording = await played(
      world,
      refusedFor('eu-west-1'),
      (state, order) => {
        if (state.detour === undefined || retried) return;
        retried = true;
        delete (world as {deniedRegion?: string}).deniedRegion;
        order({do: 'retry', region: 'us-east-1'});
      },
      {waive: ['us-east-1']},
    );
    expect(eventsOf(recording, 'retried')).toHaveLength(1);
    const details = eventsOf(recording, 'asked').flatMap(({question}) =>
      question.changes.map(({detail}) => detail),
    );
    expect(details.join()).not.toContain('its targets are known only when the step starts');
    // The build and the schedule that it has were shown, agreed to and stopped like any other.
    const shown = eventsOf(recording, 'asked').flatMap(({question}) =>
      question.changes.filter(({region}) => region === 'us-east-1').map(({step}) => step),
    );
    expect(shown).toEqual(['cancel', 'schedules']);
    expect(recording.state.ended?.status).toBe('done');
    expect(Object.values(world.regions['us-east-1']?.pipelines ?? {})).not.toContainEqual(
      expect.objectContaining({schedule: expect.anything() as unknown}),
    );
  });
});
