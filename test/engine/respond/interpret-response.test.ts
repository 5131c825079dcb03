import {describe, expect, it} from 'vitest';
import {faultOf, Turns, typesOf} from '../turns.ts';

const look = '  - {id: look, title: Look, call: box:ListBoxes, output: "${{ boxes }}"}';

function change(operation: string): Turns {
  const turns = new Turns(`
- {id: agree, title: Agree, confirm: {message: Agree.}}
- {id: act, title: Act, call: ${operation}, output: "\${{ parcel }}"}`);
  turns.agree();
  return turns;
}

describe('an answer', () => {
  it('ends its item with what the step keeps of it', () => {
    const turns = new Turns(look);
    turns.answer(turns.call(), {boxes: ['a'], total: 1});
    turns.turn();
    expect(turns.lane().results['look']?.output).toEqual(['a']);
  });

  it('that is a page is not concluded from', () => {
    const turns = new Turns(look);
    expect(typesOf(turns.answer(turns.call(), {boxes: ['a']}, {nextToken: 'two'}))).toEqual([
      'call-succeeded',
    ]);
    const second = turns.call();
    expect(second.intent.page).toBe(2);
    turns.answer(second, {boxes: ['a', 'b']});
    turns.turn();
    expect(turns.lane().results['look']?.output).toEqual(['a', 'b']);
  });

  it('without the members that the runbook builds on is an answer, and the mistake is the runbook’s', () => {
    const turns = new Turns(look);
    const [succeeded, failed, ...rest] = turns.answer(turns.call(), {total: 0});
    expect(succeeded).toMatchObject({type: 'call-succeeded'});
    expect(failed).toMatchObject({type: 'item-failed', fault: {kind: 'expression', name: 'ExpressionError'}});
    expect(rest).toEqual([]);
    expect(turns.calls()).toEqual([]);
  });

  it('to a change is journaled, to a look it is not', () => {
    const looked = new Turns(look);
    expect(looked.answer(looked.call(), {boxes: []})[0]).not.toHaveProperty('output');
    const turns = new Turns(`
  - {id: agree, title: Agree, confirm: {message: Agree.}}
  - {id: ship, title: Ship, call: box:ShipBox, output: "\${{ parcel }}"}`);
    turns.agree();
    expect(turns.answer(turns.call(), {parcel: 'p1', weight: 3})[0]).toMatchObject({
      output: {parcel: 'p1', weight: 3},
    });
    expect([...turns.state.changes]).toMatchObject([
      {operation: 'box:ShipBox', output: {parcel: 'p1', weight: 3}},
    ]);
  });

  it('that comes when its step is not under way any more changes nothing', () => {
    const turns = new Turns(look);
    const call = turns.call();
    turns.answer(call, {boxes: []});
    turns.turn();
    expect(turns.answer(call, {boxes: ['late']})).toEqual([]);
  });

  it('of a Region that is none of the run’s changes nothing', () => {
    const turns = new Turns(look);
    const {intent, request} = turns.call();
    expect(turns.answer({intent: {...intent, region: 'xx-none-1'}, request}, {boxes: []})).toEqual([]);
  });
});

it('a change whose answer does not fit the runbook was made, and is never sent again', () => {
  for (const operation of ['box:ShipBox', 'box:OpenBox', 'box:DeleteBox']) {
    const turns = change(operation);
    expect(typesOf(turns.answer(turns.call(), {}))).toEqual(['call-succeeded', 'item-failed']);
    expect([...turns.state.changes]).toMatchObject([{operation, output: {}}]);
    turns.turn();
    expect(turns.state.ended?.status).toBe('failed');
    turns.resume();
    expect(turns.calls()).toEqual([]);
    expect(turns.state.ended?.status).toBe('failed');
    turns.record([{type: 'retried', by: 'test'}]);
    expect(turns.calls()).toEqual([]);
  }
});

it('a change whose answer is garbled is sent again only where that is safe', () => {
  const garbled = faultOf('garbled', 'GarbledAnswer');
  const safe = change('box:ShipBox');
  expect(typesOf(safe.refuse(safe.call(), garbled))).toEqual(['call-failed']);
  const once = change('box:OpenBox');
  expect(typesOf(once.refuse(once.call(), garbled))).toEqual(['call-failed', 'item-failed']);
});

it('a refusal is passed on with the name and the words that AWS gave it', () => {
  const turns = new Turns(look);
  const fault = faultOf('denied', 'AccessDeniedException', 'not for you');
  expect(turns.refuse(turns.call(), fault)[0]).toMatchObject({fault});
});
