import {describe, expect, it} from 'vitest';
import {idleCache, restOfAll} from '../../../source/engine/decide/idle-cache.ts';
import {nothing, resting} from '../../../source/engine/model/decision.ts';
import {programOf} from '../turns.ts';

const program = programOf('  - {id: look, title: Look, call: box:GetBox}');
const moment = {program, account: 1, seenOver: undefined, now: 1000, budget: {calls: 4}};

/** A part of the lanes for which it was decided to rest. */
function rested(until: number, calls = false): object {
  const part = {};
  idleCache(moment).set(part, {...nothing, rest: {calls, until}});
  return part;
}

describe('lanes at rest', () => {
  it('are left alone until the time that they wait for', () => {
    const part = rested(5000);
    expect(idleCache({...moment, now: 4999}).get(part)).toBeDefined();
    expect(idleCache({...moment, now: 5000}).get(part)).toBeUndefined();
  });

  it('are asked again when the account has come further, or the program is another', () => {
    const part = rested(Infinity);
    expect(idleCache(moment).get(part)).toBeDefined();
    expect(idleCache({...moment, account: 2}).get(part)).toBeUndefined();
    expect(idleCache({...moment, program: {...program}}).get(part)).toBeUndefined();
  });

  it('are asked again when a wait has ended, which may be a sibling of theirs', () => {
    const part = rested(Infinity);
    expect(idleCache({...moment, seenOver: {quiet: 900}}).get(part)).toBeUndefined();
  });

  it('that were crowded out are asked again as soon as there is room', () => {
    const part = rested(Infinity, true);
    expect(idleCache({...moment, budget: {calls: 0}}).get(part)).toBeDefined();
    expect(idleCache({...moment, budget: {calls: 1}}).get(part)).toBeUndefined();
  });

  it('are none where something was decided, or nothing is known', () => {
    const part = {};
    expect(idleCache(moment).get(part)).toBeUndefined();
    idleCache(moment).set(part, nothing);
    expect(idleCache(moment).get(part)).toBeUndefined();
  });
});

describe('several decisions together', () => {
  it('rest until the first of them does not, and want room when one does', () => {
    const one = {...nothing, rest: {calls: false, until: 9}};
    const other = {...nothing, rest: {calls: true, until: 20}};
    expect(restOfAll([one, resting, other])).toEqual({rest: {calls: true, until: 9}});
  });

  it('do not rest when one of them decided something', () => {
    expect(restOfAll([resting, nothing, resting])).toEqual({});
  });
});
