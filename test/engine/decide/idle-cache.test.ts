import {describe, expect, it} from 'vitest';
import {decisionAtRest, rememberRest, restOfAll} from '../../../source/engine/decide/idle-cache.ts';
import {nothing, resting} from '../../../source/engine/model/decision.ts';
import type {Lane} from '../../../source/engine/model/state.ts';
import type {Part} from '../../../source/engine/persistent/persistent-list.ts';
import {programOf} from '../turns.ts';

const program = programOf('  - {id: look, title: Look, call: box:GetBox}');
const moment = {program, account: 1, now: 1000, room: 4};

/** Lanes for which it was decided to rest. */
function rested(until: number, calls = false): Part<Lane> {
  const part: Part<Lane> = {values: []};
  rememberRest(part, moment, {...nothing, rest: {calls, until}});
  return part;
}

describe('lanes at rest', () => {
  it('are left alone until the time that they wait for', () => {
    const part = rested(5000);
    expect(decisionAtRest(part, {...moment, now: 4999})).toBeDefined();
    expect(decisionAtRest(part, {...moment, now: 5000})).toBeUndefined();
  });

  it('are asked again when the account has come further, or the program is another', () => {
    const part = rested(Infinity);
    expect(decisionAtRest(part, moment)).toBeDefined();
    expect(decisionAtRest(part, {...moment, account: 2})).toBeUndefined();
    expect(decisionAtRest(part, {...moment, program: {...program}})).toBeUndefined();
  });

  it('that were crowded out are asked again as soon as there is room', () => {
    const part = rested(Infinity, true);
    expect(decisionAtRest(part, {...moment, room: 0})).toBeDefined();
    expect(decisionAtRest(part, {...moment, room: 1})).toBeUndefined();
  });

  it('are none where something was decided, or nothing is known', () => {
    const part: Part<Lane> = {values: []};
    expect(decisionAtRest(part, moment)).toBeUndefined();
    rememberRest(part, moment, nothing);
    expect(decisionAtRest(part, moment)).toBeUndefined();
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
