import type {Event} from '../../source/engine/model/events.ts';
import {play, type Performance, type Recording} from './play.ts';
import {smallWorld, type SmallWorld} from './small-world.ts';

const startMs = Date.UTC(2026, 0, 1);

/** Runs of every kind, with what each comes to when it is left alone. */
export interface Recorded extends Recording {
  readonly name: string;
  readonly startMs: number;
  readonly failing?: number;
  /** The world once the run, and a resumption where it was interrupted, have ended. */
  readonly left: SmallWorld;
  readonly status: string | undefined;
}

export async function everyRecording(): Promise<readonly Recorded[]> {
  return Promise.all([
    recorded('calm', {world: smallWorld()}),
    recorded('relapse', {world: smallWorld({lateBuild: true})}),
    recorded('a fifth failing', {world: smallWorld({lateBuild: true}), failing: 5}),
    recorded('denied', {world: smallWorld({deniedRegion: 'eu-west-2'})}),
    recorded('interrupted', {world: smallWorld({lateBuild: true}), interruptAt: hasChange}),
  ]);
}

function hasChange(events: readonly Event[]): boolean {
  return events.some((event) => event.type === 'call-started' && event.phase === 'write');
}

async function recorded(name: string, what: Omit<Performance, 'startMs' | 'seed'>): Promise<Recorded> {
  const {failing} = what;
  const recording = await play({...what, startMs, seed: 1});
  const {state, events, moments} = recording;
  const world = structuredClone(recording.world);
  const ended =
    state.interrupted === undefined
      ? recording
      : await play({world, events, startMs: state.now + 1000, seed: 2});
  const status = ended.state.ended?.status;
  return {
    name,
    startMs,
    events,
    moments,
    state,
    world: recording.world,
    left: ended.world,
    status,
    ...(failing === undefined ? {} : {failing}),
  };
}
