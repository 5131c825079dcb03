import {describe, expect, it} from 'vitest';
import {inLane, laneAt, without} from '../../../source/engine/evolve/lane-updates.ts';
import {Turns} from '../turns.ts';

const {state} = new Turns('  - {id: look, title: Look, scope: region, call: box:GetBox}', {
  regions: ['eu-west-1', 'us-east-1'],
});

describe('a change in one lane', () => {
  it('leaves all others as they are', () => {
    const changed = inLane(state, {region: 'us-east-1'}, (lane) => ({...lane, next: 7}));
    expect([...changed.lanes].map(({next}) => next)).toEqual([0, 7]);
    expect(changed.lanes.get('eu-west-1')).toBe(state.lanes.get('eu-west-1'));
    expect(changed.account).toBe(state.account);
  });

  it('is in the account’s where no Region is named', () => {
    expect(inLane(state, {}, (lane) => ({...lane, next: 7})).account.next).toBe(7);
  });

  it('of a Region that is none of the run’s is none: not in the account’s either', () => {
    expect(inLane(state, {region: 'xx-none-1'}, (lane) => ({...lane, next: 7}))).toBe(state);
    expect(laneAt(state, {region: '__proto__'})).toBeUndefined();
  });
});

describe('a value without some members', () => {
  it('is the same value where it has none of them', () => {
    const value: {a: number; b?: number} = {a: 1};
    expect(without(value, 'b')).toBe(value);
  });

  it('lacks them, and the value that it was made of still has them', () => {
    const value = {a: 1, b: 2, c: undefined};
    expect(Object.keys(without(value, 'a', 'c'))).toEqual(['b']);
    expect(value).toEqual({a: 1, b: 2, c: undefined});
  });
});
