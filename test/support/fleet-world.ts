import {onTestFinished} from 'vitest';
import {simulatedFleet, type AccountWorld, type SimulatedFleet} from './simulated-fleet.ts';

/** Makes simulated accounts, which end with the test that asks for them. */
export async function worldOf(worlds: Readonly<Record<string, AccountWorld>>): Promise<SimulatedFleet> {
  const world = await simulatedFleet(worlds);
  onTestFinished(() => world.close());
  return world;
}
