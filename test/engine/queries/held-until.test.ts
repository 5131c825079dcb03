import {describe, expect, it} from 'vitest';
import {heldUntil} from '../../../source/engine/queries/held-until.ts';
import {regionNow} from '../../../source/wording/region-status.ts';
import {faultOf, Turns} from '../turns.ts';

const busy = faultOf('conflict', 'Busy');

/** A run that jumped back to its look after its change was refused, and may wait a minute. */
function wentBack(more = ''): Turns {
  const turns = new Turns(`
  - {id: list, title: List, scope: region, column: Boxes, call: box:ListBoxes, output: '\${{ boxes }}'}
  - {id: agree, title: Agree, confirm: {message: Ship?}}
  - id: ship
    title: Ship
    call: box:ShipBox
    catch: [{errorEquals: [Busy], next: list, maxVisits: 2, waitSeconds: 60${more}}]`);
  turns.answer(turns.call(), {boxes: []});
  expect(heldUntil(turns.state, turns.now)).toBeUndefined();
  turns.agree();
  turns.refuse(turns.call(), busy);
  return turns;
}

it('a Region’s own jump back holds up that Region alone, until its time has passed', () => {
  const turns = new Turns(
    `
  - {id: list, title: List, scope: region, column: Boxes, call: box:ListBoxes}
  - id: get
    title: Get
    scope: region
    call: box:GetBox
    catch: [{errorEquals: [Busy], next: list, maxVisits: 2, waitSeconds: 60}]`,
    {regions: ['eu-west-1', 'us-east-1']},
  );
  for (const call of turns.calls()) turns.answer(call, {boxes: []});
  const [one, other] = turns.calls();
  if (one === undefined || other === undefined) throw new Error('two calls were expected');
  turns.refuse(one, busy);
  expect(turns.turn()).toMatchObject({calls: [], wakeAt: 60_000});
  turns.answer(other, {});
  turns.pass(59_999);
  expect(turns.calls()).toEqual([]);
  expect(regionNow(turns.state, turns.lane('eu-west-1'), turns.now).text).toBe('goes on in 1 s');
  turns.pass(1);
  expect(turns.call().intent).toMatchObject({step: 'list', region: 'eu-west-1'});
});

describe('a jump back with a wait', () => {
  it('holds the run up until its time has passed, and looks at nothing meanwhile', () => {
    const turns = wentBack();
    expect(turns.calls()).toEqual([]);
    expect(heldUntil(turns.state, 59_999)).toBe(60_000);
    expect(heldUntil(turns.state, 60_000)).toBeUndefined();
  });

  it('that names the step before which it waits lets the look be made at once', () => {
    const turns = wentBack(', waitBefore: agree');
    expect(turns.call().intent.step).toBe('list');
    expect(heldUntil(turns.state, 0)).toBeUndefined();
  });

  it('holds up that step where the look found nothing new, and not where it found what is in use', () => {
    for (const [boxes, held] of [
      [[], 60_000],
      [['b1'], undefined],
    ] as const) {
      const turns = wentBack(', waitBefore: agree');
      turns.answer(turns.call(), {boxes});
      turns.turn();
      expect(heldUntil(turns.state, 0)).toBe(held);
    }
  });
});
