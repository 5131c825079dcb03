import {describe, expect, it} from 'vitest';
import {together} from '../../../source/engine/decide/together.ts';
import {nothing, resting, type Decision} from '../../../source/engine/model/decision.ts';
import type {RunQuestion} from '../../../source/engine/model/events.ts';
import {Turns} from '../turns.ts';

function asking(step: string): Decision {
  const ask: RunQuestion = {kind: 'confirm', step, message: 'Sure?', changes: []};
  return {...nothing, ask};
}

describe('what is decided for several lanes', () => {
  it('is to rest when all rest, until the first wants to go on', () => {
    expect(together([])).toBe(resting);
    expect(together([resting, resting])).toBe(resting);
    const rests = [9000, 4000].map((wakeAt) => ({...nothing, wakeAt, rest: {calls: false, until: wakeAt}}));
    expect(together([resting, ...rests])).toEqual({
      ...nothing,
      wakeAt: 4000,
      rest: {calls: false, until: 4000},
    });
  });

  it('is one question at a time: that of the first lane', () => {
    expect(together([resting, asking('one'), asking('other')]).ask?.step).toBe('one');
  });

  it('keeps every record and every call, in the lanes’ order', () => {
    const regions = ['us-east-1', 'eu-west-1', 'eu-west-2'];
    const turns = new Turns('  - {id: look, title: Look, scope: region, call: box:GetBox}', {regions});
    const lanes = turns.calls().map((call): Decision => {
      const {region = ''} = call.intent;
      return {calls: [call], records: [{type: 'step-skipped', step: 'look', region, why: 'as a test'}]};
    });
    const all = together([resting, ...lanes]);
    expect(all.calls.map(({intent}) => intent.region)).toEqual(regions);
    expect(all.records).toMatchObject(regions.map((region) => ({region})));
    expect(all.rest).toBeUndefined();
  });

  it('has no moment to wake at where none of them has one', () => {
    expect(together([asking('one'), resting])).not.toHaveProperty('wakeAt');
  });
});
