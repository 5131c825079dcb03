import {join} from 'node:path';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import type {Scenario} from '../../source/simulator/scenario/schema.ts';

/** An account with a running build and a scheduled pipeline in its one Region, changed as a test wants it. */
export function oneRegion(changes: Partial<Scenario> = {}): Scenario {
  return {...loadScenario(join(import.meta.dirname, '../crash/one-region.yaml')), ...changes};
}

/** The same with a second Region. */
export function twoRegions(changes: Partial<Scenario> = {}): Scenario {
  return oneRegion({regionNames: ['eu-west-2', 'us-east-1'], ...changes});
}
