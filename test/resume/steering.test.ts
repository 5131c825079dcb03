import {describe, expect, it} from 'vitest';
import {evolveAll, initialState} from '../../source/engine/evolve/evolve.ts';
import type {Event} from '../../source/engine/model/events.ts';
import type {Command} from '../../source/engine/decide/operator-commands.ts';
import type {RunState} from '../../source/engine/model/state.ts';
import {play, program, type Performance, type Recording} from '../engine/play.ts';
import {buildArn, failure, smallWorld, type SmallWorld} from '../engine/small-world.ts';

const startMs = Date.UTC(2026, 0, 1);

type Order = (command: Command) => void;

/** Plays a run with somebody at the terminal, who is shown every batch. */
async function attended(
  world: SmallWorld,
  watch: (state: RunState, events: readonly Event[], order: Order) => void,
  more: Partial<Performance> = {},
): Promise<Recording> {
  let order: Order | undefined;
  return play({
    world,
    startMs,
    seed: 1,
    program: {...program, attended: true},
    steering: (handler) => (order = handler),
    published: (state, events) => watch(state, events, (command) => order?.(command)),
    ...more,
  });
}

function typesOf({events}: Recording, ...types: readonly Event['type'][]): readonly Event[] {
  return events.filter(({type}) => types.includes(type));
}

/** Whether a lane waits for the operator. */
function isStuck({lanes}: RunState, region: string): boolean {
  const lane = lanes.get(region);
  return lane?.fault !== undefined && lane.waived === undefined;
}

describe('pausing', () => {
  it('starts nothing new, lets what is under way end, and goes on when told to', async () => {
    let paused = 0;
    const recording = await attended(smallWorld(), ({paused: pause, calls}, _events, order) => {
      if (pause === undefined && paused === 0) {
        paused += 1;
        order({do: 'pause'});
      } else if (pause !== undefined && calls.length === 0) {
        order({do: 'continue'});
      }
    });
    expect(recording.state.ended?.status).toBe('done');
    const [from, to] = typesOf(recording, 'paused', 'continued').map((event) =>
      recording.events.indexOf(event),
    );
    const between = recording.events.slice(from, to);
    expect(between.some(({type}) => type === 'call-succeeded')).toBe(true);
    expect(between.filter(({type}) => type === 'call-started' || type === 'step-started')).toEqual([]);
    expect(typesOf(recording, 'paused', 'continued')).toMatchObject([
      {type: 'paused', why: 'operator'},
      {type: 'continued', by: 'terminal'},
    ]);
  });

  it('is one event, however often it is asked for', async () => {
    let done = false;
    const recording = await attended(smallWorld(), ({paused}, _events, order) => {
      if (!done)
        for (const command of ['pause', 'pause', 'continue', 'continue', 'pause'] as const)
          order({do: command});
      if (done && paused !== undefined) order({do: 'continue'});
      done = true;
    });
    expect(typesOf(recording, 'paused', 'continued').map(({type}) => type)).toEqual([
      'paused',
      'continued',
      'paused',
      'continued',
    ]);
  });
});

/** Milliseconds from the jump back to the first call after it. */
function heldFor({events}: Recording): number {
  const back = events.findIndex(({type}) => type === 'went-back');
  const next = events.slice(back).find(({type}) => type === 'call-started');
  return (next?.at ?? Infinity) - (events[back]?.at ?? Infinity);
}

describe('trying now', () => {
  it('cuts the wait before the next attempt short, once, and the run ends as it would have', async () => {
    const patient = await attended(smallWorld({lateBuild: true}), () => {});
    expect(heldFor(patient)).toBe(20_000);
    const hasty = await attended(smallWorld({lateBuild: true}), (_state, events, order) => {
      if (!events.some(({type}) => type === 'went-back')) return;
      order({do: 'hasten'});
      order({do: 'hasten'});
    });
    expect(heldFor(hasty)).toBe(0);
    expect(typesOf(hasty, 'hastened')).toMatchObject([{by: 'terminal'}]);
    expect(hasty.state.ended).toMatchObject({status: 'done'});
    // The journal alone says as much: a resume goes on from the same state.
    expect(evolveAll(initialState, hasty.events).detour?.resumeAt).toBe(typesOf(hasty, 'went-back')[0]?.at);
  });

  it('is nothing where nothing waits for a time, and nothing in a pause', async () => {
    let done = false;
    const recording = await attended(smallWorld(), ({paused}, _events, order) => {
      if (!done) for (const command of ['hasten', 'pause', 'hasten'] as const) order({do: command});
      if (done && paused !== undefined) order({do: 'continue'});
      done = true;
    });
    expect(typesOf(recording, 'hastened')).toEqual([]);
    expect(recording.state.ended?.status).toBe('done');
  });
});

describe('a Region that could not be looked at', () => {
  it('is looked at again when the operator says so, and only there', async () => {
    const world = {...smallWorld({deniedRegion: 'eu-west-2'})};
    const recording = await attended(world, (state, _events, order) => {
      if (!isStuck(state, 'eu-west-2') || state.calls.length > 0) return;
      delete (world as {deniedRegion?: string}).deniedRegion;
      order({do: 'retry', region: 'us-east-1'});
      order({do: 'retry', region: 'eu-west-2'});
    });
    expect(recording.state.ended?.status).toBe('done');
    expect(typesOf(recording, 'retried')).toEqual([
      expect.objectContaining({region: 'eu-west-2', by: 'terminal'}),
    ]);
  });

  it('is waived by its exact name only', async () => {
    const typed = ['', 'yes', 'EU-WEST-2', ' eu-west-2', 'us-east-1', 'eu-west-2'];
    const recording = await attended(smallWorld({deniedRegion: 'eu-west-2'}), (state, _events, order) => {
      if (!isStuck(state, 'eu-west-2')) return;
      for (const text of typed.splice(0)) order({do: 'waive', region: 'eu-west-2', typed: text});
    });
    expect(recording.state.ended?.status).toBe('done');
    expect(typesOf(recording, 'waived')).toEqual([
      expect.objectContaining({region: 'eu-west-2', typed: 'eu-west-2', by: 'terminal'}),
    ]);
    expect(recording.state.lanes.get('eu-west-2')?.waived).toMatchObject({by: 'terminal'});
  });

  it('holds back the account-wide steps until then', async () => {
    const seen: string[] = [];
    await attended(smallWorld({deniedRegion: 'eu-west-2'}), (state, events, order) => {
      seen.push(...events.map(({type}) => type));
      if (seen.includes('asked')) throw new Error('it asked for consent with a Region unknown');
      if (isStuck(state, 'eu-west-2') && state.calls.length === 0) {
        order({do: 'waive', region: 'eu-west-2', typed: 'eu-west-2'});
        seen.splice(0, seen.length, 'waived');
        throw new Error('enough');
      }
    }).catch((error: unknown) => {
      if (!(error instanceof Error) || error.message !== 'enough') throw error;
    });
    expect(seen).toEqual(['waived']);
  });

  it('cannot be waived when it was looked at', async () => {
    const recording = await attended(smallWorld(), (_state, _events, order) => {
      order({do: 'waive', region: 'eu-west-1', typed: 'eu-west-1'});
    });
    expect(typesOf(recording, 'waived')).toEqual([]);
  });
});

/** A world in which one build refuses to be cancelled, for as long as the test wants. */
function refusing(): {
  readonly world: SmallWorld;
  readonly refuse: NonNullable<Performance['spoil']>;
  stop(): void;
} {
  let refusing = true;
  return {
    world: smallWorld(),
    refuse: ({operation, input}) =>
      refusing &&
      operation.endsWith(':CancelImageCreation') &&
      input['imageBuildVersionArn'] === buildArn('b')
        ? failure('denied', 'AccessDeniedException')
        : undefined,
    stop: () => (refusing = false),
  };
}

describe('a step that failed', () => {
  it('is skipped where the runbook allows it, and the run goes on', async () => {
    const {world, refuse} = refusing();
    const recording = await attended(
      world,
      (state, _events, order) => {
        if (isStuck(state, 'eu-west-1') && state.calls.length === 0) {
          world.regions['eu-west-1']!.builds[buildArn('b')] = 0;
          order({do: 'skip', region: 'eu-west-1'});
        }
      },
      {spoil: refuse},
    );
    expect(recording.state.ended?.status).toBe('done');
    expect(typesOf(recording, 'step-skipped')).toEqual([
      expect.objectContaining({step: 'cancel', region: 'eu-west-1', by: 'terminal'}),
    ]);
  });

  it('is not skipped where the runbook does not allow it', async () => {
    const commands: Command[] = [{do: 'skip', region: 'eu-west-2'}];
    const recording = await attended(smallWorld({deniedRegion: 'eu-west-2'}), (state, _events, order) => {
      if (!isStuck(state, 'eu-west-2')) return;
      for (const command of commands.splice(0)) order(command);
      order({do: 'waive', region: 'eu-west-2', typed: 'eu-west-2'});
    });
    expect(typesOf(recording, 'step-skipped')).toEqual([]);
  });

  it('is tried again from where it stopped: what was done is not done twice', async () => {
    const {world, refuse, stop} = refusing();
    const recording = await attended(
      world,
      (state, _events, order) => {
        if (!isStuck(state, 'eu-west-1') || state.calls.length > 0) return;
        stop();
        order({do: 'retry', region: 'eu-west-1'});
      },
      {spoil: refuse},
    );
    expect(recording.state.ended?.status).toBe('done');
    const cancelled = recording.events.flatMap((event) =>
      event.type === 'call-started' && event.step === 'cancel' ? [event.item] : [],
    );
    expect(cancelled.filter((item) => item === buildArn('a'))).toHaveLength(1);
    expect(cancelled.filter((item) => item === buildArn('b'))).toHaveLength(2);
    for (const requests of Object.values(world.changedWith)) expect(requests).toHaveLength(1);
  });
});
