import {setTimeout as sleep} from 'node:timers/promises';
import {afterAll, beforeAll, expect, it} from 'vitest';
import type {Event} from '../../source/engine/model/events.ts';
import type {Gates} from '../../source/engine/model/happenings/gate.ts';
import {readJournal} from '../../source/journal/read.ts';
import {bundleChild, removeChild} from './bundle.ts';
import type {Child} from './child-process.ts';
import {changedTwice, deletedTwice, mutationsIn, unannounced} from './mutations.ts';
import {openWorld, type World} from './world.ts';

const hourMs = 3_600_000;

let bundle: string;
beforeAll(async () => {
  bundle = await bundleChild();
});
afterAll(() => removeChild(bundle));

/** The time of day, by UTC. */
function time(at: number): string {
  return new Date(at).toISOString().slice(11, 16);
}

/** A window that opens in five hours, for three. */
function laterToday(): Gates {
  const from = Date.now() + 5 * hourMs;
  return {windows: [{from: time(from), to: time(from + 3 * hourMs), timeZone: 'UTC'}]};
}

function eventsIn(world: World): readonly Event[] {
  const file = world.journal();
  return file === undefined ? [] : readJournal(file).events;
}

const typed = <T extends Event['type']>(world: World, type: T): readonly Extract<Event, {type: T}>[] =>
  eventsIn(world).filter((event): event is Extract<Event, {type: T}> => event.type === type);

/** Kills a process as soon as the run's journal has so many records of a type. */
async function killedAt(world: World, child: Child, type: Event['type'], many: number): Promise<void> {
  while (typed(world, type).length < many) {
    if (child.process.exitCode !== null) throw new Error(`it ended: ${(await child.ended).said}`);
    await sleep(10);
  }
  expect((await child.kill()).killed).toBe(true);
}

/** It came to its end, with nothing done twice and nothing forgotten. */
async function expectDone(world: World, child: Child): Promise<void> {
  expect(await child.ended).toMatchObject({code: 0, killed: false});
  const {requests} = world.simulator;
  expect(typed(world, 'run-ended').map(({status}) => status)).toEqual(['done']);
  expect([...changedTwice(requests), ...deletedTwice(eventsIn(world))]).toEqual([]);
  expect(unannounced(requests, eventsIn(world))).toEqual([]);
  expect(mutationsIn(requests).length).toBeGreaterThan(1);
}

async function inWorld(test: (world: World) => Promise<void>): Promise<void> {
  const world = await openWorld(bundle);
  try {
    await test(world);
  } finally {
    await world.close();
  }
}

it('a run that is killed while it waits at a closed window waits on, and makes its changes once it is open', () =>
  inWorld(async (world) => {
    await killedAt(world, world.start(undefined, [], {gates: laterToday()}), 'gate-closed', 1);
    await killedAt(world, world.start(), 'resumed', 1);
    expect(mutationsIn(world.simulator.requests)).toEqual([]);
    world.skip(5 * hourMs);
    await expectDone(world, world.start());
    const [closed] = typed(world, 'gate-closed');
    const first = eventsIn(world).find((event) => event.type === 'call-started' && event.effect === 'change');
    expect(first?.at).toBeGreaterThanOrEqual(closed?.until ?? Infinity);
  }));

it('a run that is killed between the override and its first change goes on without waiting, and says why', () =>
  inWorld(async (world) => {
    await killedAt(world, world.start(undefined, [], {gates: laterToday()}), 'gate-closed', 1);
    const override = 'INC7: the incident lead agreed';
    const killed = world.start({moment: 'written', nth: 1}, [], {override});
    expect((await killed.ended).killed).toBe(true);
    expect(typed(world, 'gate-overridden').map(({reason}) => reason)).toEqual([override]);
    expect(mutationsIn(world.simulator.requests)).toEqual([]);
    await expectDone(world, world.start());
    expect(eventsIn(world).at(-1)?.at).toBeLessThan(typed(world, 'gate-closed')[0]?.until ?? 0);
    expect(typed(world, 'gate-overridden')).toHaveLength(1);
  }));
