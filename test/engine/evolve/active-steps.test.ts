import {expect, it} from 'vitest';
import {withBegun, withWorks, workIn, worksOf} from '../../../source/engine/evolve/active-steps.ts';
import type {StepProgress} from '../../../source/engine/model/state.ts';
import {SharedList} from '../../../source/engine/persistent/persistent-list.ts';
import {Turns} from '../turns.ts';

const turns = new Turns(`
  - {id: one, title: One, scope: region, call: box:GetBox}
  - {id: two, title: Two, scope: region, alongside: true, call: box:GetBox}
  - {id: three, title: Three, scope: region, call: box:GetBox}`);
const {state} = turns;
const lane = turns.lane('eu-west-1');
const work = (step: string): StepProgress => ({step, startedAt: 0, items: SharedList.of([])});

it('steps that go on at the same time are under way together, any other takes their place', () => {
  const both = withBegun(state, withBegun(state, lane, work('one')), work('two'));
  expect(worksOf(both).map(({step}) => step)).toEqual(['one', 'two']);
  expect(worksOf(withBegun(state, both, work('three'))).map(({step}) => step)).toEqual(['three']);
});

it('a step that is begun again is under way once', () => {
  const both = withBegun(state, withBegun(state, lane, work('one')), work('two'));
  const again = withBegun(state, both, {...work('one'), startedAt: 9});
  expect(
    worksOf(again)
      .map(({step}) => step)
      .toSorted(),
  ).toEqual(['one', 'two']);
  expect(workIn(again, 'one')?.startedAt).toBe(9);
});

it('a lane that is in no step has no trace of one', () => {
  const begun = withBegun(state, lane, work('one'));
  expect(withWorks(begun, [])).toEqual(lane);
  expect(workIn(begun, 'two')).toBeUndefined();
  expect(workIn(undefined, 'one')).toBeUndefined();
});
