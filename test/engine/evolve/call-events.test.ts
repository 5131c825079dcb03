import {describe, expect, it} from 'vitest';
import {faultOf, Turns} from '../turns.ts';

function agreed(step: string, regions = ['eu-west-1']): Turns {
  const turns = new Turns(`\n  - {id: agree, title: Agree, confirm: {message: Agree.}}\n${step}`, {regions});
  turns.agree();
  return turns;
}

describe('the change that is made', () => {
  it('is kept with what was sent, answered and there before', () => {
    const turns = agreed(
      `  - {id: ship, title: Ship, forEach: '\${{ \`["a"]\` }}', call: box:ShipBox, with: {boxId: '\${{ item }}'}}`,
    );
    turns.pass(5);
    const call = turns.call();
    turns.answer(call, {parcel: 'p'});
    expect([...turns.state.changes]).toEqual([
      {
        at: 5,
        step: 'ship',
        target: 'a',
        operation: 'box:ShipBox',
        value: 'a',
        request: call.request.input,
        output: {parcel: 'p'},
      },
    ]);
  });

  it('is none when it was refused', () => {
    const turns = agreed('  - {id: open, title: Open, call: box:OpenBox}');
    turns.refuse(turns.call(), faultOf('denied', 'X'));
    expect([...turns.state.changes]).toEqual([]);
  });
});

describe('the counts of a lane', () => {
  it('are of all its calls, those that failed, and of them those that AWS throttled', () => {
    const turns = new Turns('  - {id: look, title: Look, scope: region, call: box:GetBox}');
    turns.refuse(turns.call(), faultOf('throttled', 'Throttling'));
    turns.pass(60_000);
    turns.refuse(turns.call(), faultOf('transient', 'ECONNRESET'));
    turns.pass(60_000);
    turns.answer(turns.call(), {});
    expect(turns.lane('eu-west-1')).toMatchObject({calls: 3, failedCalls: 2, throttledCalls: 1});
  });
});

describe('the fault of a try', () => {
  it('is kept while it is being retried, and gone when the call succeeds', () => {
    const turns = new Turns('  - {id: look, title: Look, call: box:ListBoxes}');
    turns.refuse(turns.call(), faultOf('throttled', 'Throttling'));
    expect(turns.items('look')[0]).toMatchObject({
      status: 'waiting',
      fault: {name: 'Throttling'},
      maxAttempts: 8,
    });
    turns.pass(60_000);
    turns.answer(turns.call(), {boxes: []}, {nextToken: 'two'});
    const [item] = turns.items('look');
    expect(item).toMatchObject({status: 'todo', attempt: 0, page: 2});
    expect(item).not.toHaveProperty('fault');
    expect(item).not.toHaveProperty('maxAttempts');
  });
});

it('a call that nobody knows of changes nothing', () => {
  const turns = new Turns('  - {id: look, title: Look, call: box:ListBoxes}');
  const {state} = turns;
  turns.record([{type: 'call-succeeded', call: 99, ms: 1}]);
  expect({...turns.state, now: 0}).toEqual(state);
});

it('a poll shows its summary before the wait is over', () => {
  const turns = new Turns(`
  - id: wait
    title: Wait
    scope: region
    column: Boxes
    waitUntil:
      call: box:GetBox
      acceptors: [{state: success, matcher: {output: {path: lid, expected: OPEN, comparator: stringEquals}}}]
      minDelay: 5
      maxDelay: 5
      maxWaitTime: 60
    summary: lid \${{ lid }}`);
  turns.answer(turns.call(), {lid: 'SHUT'});
  expect(turns.lane('eu-west-1').cells['Boxes']?.text).toBe('lid SHUT');
});

const failures = (step: string, name: string): number => {
  const turns = new Turns(`  - {id: look, title: Look, ${step}}`);
  turns.refuse(turns.call(), faultOf('not-found', name));
  turns.turn();
  return turns.lane().failedCalls;
};

describe('a call that ends in an error', () => {
  it('is no failure where the step takes the error for its answer', () => {
    const gone =
      'waitUntil: {call: box:GetBox, acceptors: [{state: success, matcher: {errorType: NoBox}}, {state: retry, matcher: {errorType: NotYet}}], minDelay: 1, maxDelay: 1, maxWaitTime: 9}';
    expect(failures(gone, 'NoBox')).toBe(0);
    expect(failures(gone, 'NotYet')).toBe(0);
    const caught = 'call: box:GetBox, catch: [{errorEquals: [NoBox], next: continue}]';
    expect(failures(caught, 'NoBox')).toBe(0);
    const ending = 'call: box:GetBox, catch: [{errorEquals: [NoBox], next: end}]';
    expect(failures(ending, 'NoBox')).toBe(0);
  });

  it('is one where AWS only asked to wait, though the step goes on without an answer', () => {
    const turns = new Turns(
      '  - {id: look, title: Look, call: box:GetBox, catch: [{errorEquals: [Throttling], next: continue}]}',
    );
    for (let call = turns.calls()[0]; call !== undefined; call = turns.calls()[0]) {
      turns.refuse(call, faultOf('throttled', 'Throttling'));
      turns.pass(60_000);
    }
    expect(turns.state.ended?.status).toBe('done');
    expect(turns.lane()).toMatchObject({failedCalls: 8, throttledCalls: 8});
  });

  it('is one everywhere else', () => {
    const denied = new Turns(
      '  - {id: look, title: Look, call: box:GetBox, catch: [{errorEquals: [All], next: continue}]}',
    );
    denied.refuse(denied.call(), faultOf('denied', 'AccessDenied'));
    denied.turn();
    expect(denied.lane().failedCalls).toBe(1);
    expect(failures('call: box:GetBox', 'NoBox')).toBe(1);
  });
});
