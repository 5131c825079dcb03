import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Happening} from '../../source/engine/model/events.ts';
import {evolve} from '../../source/engine/evolve/evolve.ts';
import type {RunState} from '../../source/engine/model/state.ts';
import {gridRows, regionsIn} from '../../source/ui/regions/groups/grid-rows.ts';
import {gridWindow} from '../../source/ui/regions/groups/grid-window.ts';
import {groupsOf} from '../../source/ui/regions/groups/region-groups.ts';
import {needs} from '../../source/ui/regions/groups/region-need.ts';
import {wholeList} from '../../source/ui/regions/region-list.ts';
import {denied, Play, start, steps} from './run-fixture.ts';

const regions = ['eu-west-1', 'us-east-1', 'sa-east-1', 'ap-south-1', 'ca-central-1', 'me-south-1'];
const regionSteps = steps.filter(({scope}) => scope === 'region').map(({id}) => id);

/** Anything that may happen in a run, in any order: evolve is total, and so has the grid to be. */
const happening: fc.Arbitrary<Happening> = fc
  .record({
    region: fc.constantFrom(...regions),
    step: fc.constantFrom(...regionSteps),
    inUse: fc.integer({min: 0, max: 2}),
    what: fc.integer({min: 0, max: 9}),
    message: fc.constantFrom('no', 'nobody in eu-west-1', 'nobody in us-east-1'),
  })
  .map(({region, step, inUse, what, message}): Happening => {
    const place = {region, step};
    const fault = {...denied, message};
    switch (what) {
      case 0:
      case 1:
        return {type: 'step-started', ...place, items: [{key: '', value: null}]};
      case 2:
      case 3:
        return {type: 'step-succeeded', ...place, output: null, summary: `${inUse} running`, inUse};
      case 4:
        return {type: 'step-skipped', ...place, why: 'nothing to do'};
      case 5:
        return {type: 'step-failed', ...place, fault};
      case 6:
        return {type: 'waived', region, by: 'ops/kim'};
      case 7:
        return {type: 'item-failed', step: 'deleted', item: '', fault, usage: [{region, resource: 'arn:x'}]};
      case 8:
        return {type: 'retried', region, by: 'ops/kim'};
      default:
        return {type: 'region-found', region: 'af-south-1', resource: 'arn:y'};
    }
  });

/** States after each of some events. */
const runs = fc.array(happening, {maxLength: 40}).map((happenings) => {
  let {state} = new Play().begin({regions});
  return happenings.map((one, index): RunState => {
    state = evolve(state, {...one, at: start + index * 1000});
    return state;
  });
});

const namesIn = (state: RunState): readonly string[] =>
  groupsOf(state).flatMap(({entries}) => entries.flatMap(({rows}) => rows.map(({region}) => region)));

describe('the groups', () => {
  test('hold each Region exactly once, and their sizes add up', () => {
    fc.assert(
      fc.property(runs, (states) => {
        for (const state of states) {
          expect(namesIn(state).toSorted()).toEqual(state.lanes.regions().toSorted());
          const sum = groupsOf(state).reduce((total, {size}) => total + size, 0);
          expect(sum).toBe(state.lanes.size);
        }
      }),
    );
  });

  test('stand in the order of their urgency, and the Regions of one in the run’s order', () => {
    fc.assert(
      fc.property(runs, (states) => {
        for (const state of states) {
          const order = state.lanes.regions();
          const present = groupsOf(state).map(({need}) => needs.indexOf(need));
          expect(present).toEqual(present.toSorted((a, b) => a - b));
          for (const {entries} of groupsOf(state)) {
            const firsts = entries.map(({rows}) => order.indexOf(rows[0]?.region ?? ''));
            expect(firsts).toEqual(firsts.toSorted((a, b) => a - b));
            for (const {rows} of entries) {
              const those = rows.map(({region}) => order.indexOf(region));
              expect(those).toEqual(those.toSorted((a, b) => a - b));
            }
          }
        }
      }),
    );
  });

  test('give each cause one line', () => {
    fc.assert(
      fc.property(runs, (states) => {
        for (const state of states) {
          for (const {entries} of groupsOf(state)) {
            const keys = entries.flatMap(({cause}) => cause?.key ?? []);
            expect(new Set(keys).size).toBe(keys.length);
          }
        }
      }),
    );
  });
});

test('the rows hold each Region exactly once, for any room and whether unfolded or not', () => {
  fc.assert(
    fc.property(runs, fc.integer({min: 0, max: 30}), fc.boolean(), (states, room, unfolded) => {
      for (const state of states) {
        const rows = gridRows(state, {...wholeList, unfolded}, room);
        const names = rows.flatMap((row) => regionsIn(row).map(({region}) => region));
        expect(names.toSorted()).toEqual(state.lanes.regions().toSorted());
      }
    }),
  );
});

test('what needs the operator is in sight wherever the list was scrolled to', () => {
  fc.assert(
    fc.property(runs, fc.integer({min: 12, max: 20}), fc.nat({max: 20}), (states, height, top) => {
      for (const state of states) {
        const place = {view: {...wholeList, unfolded: true}, top, filtering: false};
        const {visible} = gridWindow(state, height, place);
        const first = groupsOf(state)[0];
        if (first?.need !== 'operator') continue;
        const seen = visible.flatMap(regionsIn).map(({region}) => region);
        expect(seen).toContain(first.entries[0]?.rows[0]?.region);
      }
    }),
  );
});
