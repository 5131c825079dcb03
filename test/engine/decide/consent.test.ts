import {describe, expect, it} from 'vitest';
import type {Json} from '../../../source/data/json.ts';
import type {Decision} from '../../../source/engine/model/decision.ts';
import {faultOf, Turns} from '../turns.ts';

const box = {id: 'b1', size: {width: 3, depth: 4}};

/** What is decided in a second round, for which a confirmation was given once, when its look finds these boxes. */
function secondRound(...boxes: readonly Json[]): Decision {
  const turns = new Turns(`
  - {id: list, title: List, call: box:ListBoxes, output: '\${{ boxes }}'}
  - {id: agree, title: Agree, confirm: {message: Ship them?, once: true}}
  - id: ship
    title: Ship
    forEach: \${{ steps.list.output }}
    call: box:ShipBox
    with: {boxId: '\${{ item.id }}', size: '\${{ item.size }}'}
    catch: [{errorEquals: [Busy], next: list, maxVisits: 2}]`);
  turns.answer(turns.call(), {boxes: [box]});
  turns.agree();
  turns.refuse(turns.call(), faultOf('conflict', 'Busy'));
  turns.answer(turns.call(), {boxes});
  return turns.turn();
}

describe('what was agreed to', () => {
  it('is sent again unasked, also where AWS answers with its members in another order', () => {
    const {calls, ask} = secondRound({size: {depth: 4, width: 3}, id: 'b1'});
    expect(ask).toBeUndefined();
    expect(calls.map(({intent}) => intent.item)).toEqual(['b1']);
  });

  it('is asked about again where its request is another, before anything is sent', () => {
    const {calls, ask} = secondRound({...box, size: {width: 3, depth: 5}});
    expect(calls).toEqual([]);
    expect(ask).toMatchObject({step: 'ship', changes: [{target: 'b1', request: {size: {depth: 5}}}]});
    expect(ask?.message).toMatch(/^Nobody has agreed to these changes yet.* Ship them\?$/);
  });

  it('is not asked about again for what else was found: only that is', () => {
    const {ask} = secondRound({...box, id: 'b2'}, box);
    expect(ask?.changes.map(({target}) => target)).toEqual(['b2']);
  });
});
