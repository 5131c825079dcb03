import {describe, expect, it} from 'vitest';
import {LaneMap} from '../../../source/engine/model/lane-map.ts';
import {emptyLane} from '../../../source/engine/evolve/lane-updates.ts';
import type {Lane} from '../../../source/engine/model/state.ts';

function mapOf(...regions: readonly string[]): LaneMap<Lane> {
  return LaneMap.of(regions.map((region): [string, Lane] => [region, {...emptyLane, region}]));
}

describe('the Regions’ lanes', () => {
  it('keep the order of the run’s Regions, whatever their names', () => {
    const regions = ['us-east-1', '7', 'eu-west-1', '__proto__', '1'];
    expect(mapOf(...regions).regions()).toEqual(regions);
    expect(
      mapOf(...regions)
        .entries()
        .map(([region, lane]) => [region, lane.region]),
    ).toEqual(regions.map((region) => [region, region]));
  });

  it('have none for a name that every object knows', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'size', '']) {
      expect(mapOf('eu-west-1').get(name)).toBeUndefined();
      expect(mapOf('eu-west-1').with(name, emptyLane)).toEqual(mapOf('eu-west-1'));
    }
  });

  it('are one for a Region that is named twice', () => {
    expect(mapOf('eu-west-1', 'us-east-1', 'eu-west-1').size).toBe(2);
  });

  it('differ, to every test that compares states, when one lane does', () => {
    const lanes = mapOf('eu-west-1', 'us-east-1');
    const changed = lanes.with('us-east-1', {...emptyLane, region: 'us-east-1', next: 1});
    expect(changed).not.toEqual(lanes);
    expect(changed.with('us-east-1', {...emptyLane, region: 'us-east-1'})).toEqual(lanes);
  });
});
