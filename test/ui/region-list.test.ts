import {describe, expect, test} from 'vitest';
import {windowStart} from '../../source/ui/components/window-start.ts';
import {listRegions, wholeList} from '../../source/ui/regions/region-list.ts';
import {changing} from './run-fixture.ts';

const {state} = changing();
const names = (view: Partial<typeof wholeList>): readonly string[] =>
  listRegions(state, {...wholeList, ...view}).map(({region}) => region);

describe('the list of Regions', () => {
  test('puts first who needs the operator, then who is at work', () => {
    expect(names({}).slice(0, 3)).toEqual(['me-central-1', 'us-east-1', 'eu-north-1']);
  });

  test('sorts by name and by how much is in use', () => {
    expect(names({sort: 'name'})).toEqual(state.lanes.regions().toSorted());
    expect(names({sort: 'findings'})[0]).toBe('us-east-1');
  });

  test('keeps the Regions whose row has every word', () => {
    expect(names({filter: 'eu north'})).toEqual(['eu-north-1']);
    expect(names({filter: 'denied'})).toEqual(['me-central-1']);
    expect(names({filter: 'UNKNOWN'})).toEqual(['me-central-1']);
    expect(names({filter: 'nowhere'})).toEqual([]);
  });

  test('keeps only problems', () => {
    expect(names({problemsOnly: true})).toEqual(['me-central-1', 'eu-west-1']);
  });
});

describe('the window on it', () => {
  test('moves only when the chosen row would be out of sight', () => {
    expect(windowStart(100, 10, 20, 25)).toBe(20);
    expect(windowStart(100, 10, 20, 19)).toBe(19);
    expect(windowStart(100, 10, 20, 30)).toBe(21);
    expect(windowStart(100, 10, 95, -1)).toBe(90);
    expect(windowStart(5, 10, 3, 2)).toBe(0);
  });
});
