import {describe, expect, it} from 'vitest';
import {faultOf, Turns} from '../turns.ts';

const look = '  - {id: look, title: Look, scope: region, call: box:GetBox}';

describe('a state', () => {
  it('never goes back in time', () => {
    const turns = new Turns(look);
    turns.now = 5000;
    turns.record([{type: 'paused', why: 'operator'}]);
    turns.now = 1000;
    turns.record([{type: 'continued', by: 'test'}]);
    expect(turns.state.now).toBe(5000);
  });

  it('counts calls on from where the journal left them', () => {
    const turns = new Turns(look, {regions: ['eu-west-1', 'eu-west-2']});
    expect(turns.calls().map(({intent}) => intent.call)).toEqual([1, 2]);
    turns.resume();
    expect(turns.calls().map(({intent}) => intent.call)).toEqual([3, 4]);
  });

  it('is paused until somebody goes on, and starts nothing meanwhile', () => {
    const turns = new Turns(look);
    turns.command({do: 'pause'});
    expect(turns.turn()).toMatchObject({calls: [], records: []});
    turns.command({do: 'continue'});
    expect(turns.calls()).toHaveLength(1);
  });

  it('that was interrupted starts nothing', () => {
    const turns = new Turns(look);
    turns.record([{type: 'interrupted', signal: 'SIGINT'}]);
    expect(turns.turn()).toMatchObject({calls: [], records: []});
    expect(turns.state.ended).toBeUndefined();
  });

  it('of a waived Region goes on without it', () => {
    const turns = new Turns(`${look}\n  - {id: act, title: Act, call: box:GetBox}`, {
      regions: ['eu-west-1', 'eu-west-2'],
      program: {attended: true},
    });
    for (const call of turns.calls()) {
      if (call.intent.region === 'eu-west-1') turns.answer(call, {});
      else turns.refuse(call, faultOf('denied', 'AccessDenied'));
    }
    expect(turns.calls()).toEqual([]);
    turns.command({do: 'waive', region: 'eu-west-2', typed: 'eu-west-2'});
    expect(turns.call().intent.step).toBe('act');
  });
});

it('an item that is done forgets what it waited for', () => {
  const turns = new Turns(`  - {id: look, title: Look, forEach: '\${{ \`["a", "b"]\` }}', call: box:GetBox}`);
  turns.refuse(turns.call(), faultOf('throttled', 'Throttling'));
  turns.pass(60_000);
  turns.answer(turns.call(), {found: 1});
  const [item] = turns.items('look');
  expect(item).toMatchObject({status: 'done', output: {found: 1}});
  expect(item).not.toHaveProperty('fault');
  expect(item).not.toHaveProperty('dueAt');
});
