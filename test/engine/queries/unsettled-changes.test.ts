import {expect, it} from 'vitest';
import {unsettledChanges} from '../../../source/engine/queries/unsettled-changes.ts';
import {faultOf, Turns} from '../turns.ts';

/** A Region's change that the operator has agreed to. */
function agreed(): Turns {
  const turns = new Turns(`
  - {id: sure, title: Sure, scope: account, confirm: {message: Sure}}
  - {id: go, title: Go, scope: region, call: box:DeleteBox}`);
  turns.agree();
  return turns;
}

it('a change that is under way may have happened; a look is no change', () => {
  const change = agreed();
  change.call();
  expect(unsettledChanges(change.state)).toMatchObject([
    {region: 'eu-west-1', step: 'go', operation: 'box:DeleteBox'},
  ]);
  const look = new Turns('  - {id: go, title: Go, scope: region, call: box:GetBox}');
  look.call();
  expect(unsettledChanges(look.state)).toEqual([]);
});

it('a change whose answer was lost stays unsettled while it waits for its next try, and is named once in that try', () => {
  const turns = agreed();
  turns.refuse(turns.call(), faultOf('timeout', 'ECONNRESET'));
  expect(turns.state.calls).toEqual([]);
  expect(unsettledChanges(turns.state)).toMatchObject([{step: 'go', operation: 'box:DeleteBox'}]);
  turns.now = turns.turn().wakeAt ?? 0;
  turns.call();
  expect(unsettledChanges(turns.state)).toHaveLength(1);
});

it('a change that AWS answered is settled', () => {
  const turns = agreed();
  turns.answer(turns.call(), {});
  expect(unsettledChanges(turns.state)).toEqual([]);
});
