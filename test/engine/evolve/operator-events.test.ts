import {describe, expect, it} from 'vitest';
import {faultOf, Turns} from '../turns.ts';

const reset = faultOf('transient', 'ECONNRESET');
const denied = faultOf('denied', 'AccessDeniedException');

function agreed(step: string): Turns {
  const turns = new Turns(`
  - {id: agree, title: Agree, confirm: {message: Agree.}}
${step}`);
  turns.agree();
  return turns;
}

function asked(): Turns {
  const turns = new Turns(`
- {id: agree, title: Agree, confirm: {message: Agree.}}
- {id: open, title: Open, call: box:OpenBox}`);
  turns.turn();
  return turns;
}

describe('a run that was cut off in a call', () => {
  it('asks about a change that is not safe twice, and does not send it by itself', () => {
    const turns = agreed('  - {id: open, title: Open, call: box:OpenBox}');
    turns.call();
    turns.resume();
    const {calls, ask} = turns.turn();
    expect(calls).toEqual([]);
    expect(ask?.changes).toMatchObject([{step: 'open', operation: 'box:OpenBox'}]);
    expect(turns.turn()).toMatchObject({calls: []});
  });

  it('sends it once more when the operator agrees, as it was', () => {
    const turns = agreed('  - {id: open, title: Open, call: box:OpenBox, with: {boxId: b1}}');
    const first = turns.call();
    turns.resume();
    turns.agree();
    const again = turns.call();
    expect(again.request).toEqual(first.request);
    expect(again.intent.attempt).toBe(2);
  });

  it('sends a change that is safe twice again by itself, under the same token', () => {
    const turns = agreed('  - {id: ship, title: Ship, call: box:ShipBox}');
    const first = turns.call();
    turns.resume();
    expect(turns.call().request.input).toEqual(first.request.input);
  });

  it('reads a list from its first page: the pages were never journaled', () => {
    const turns = new Turns('  - {id: look, title: Look, call: box:ListBoxes}');
    turns.answer(turns.call(), {boxes: ['a']}, {nextToken: 'two'});
    expect(turns.call().intent.page).toBe(2);
    turns.resume();
    expect(turns.call().intent.page).toBe(1);
  });

  it('is not asked about what it had not sent yet', () => {
    const turns = agreed('  - {id: open, title: Open, call: box:OpenBox}');
    turns.turn();
    const before = turns.events.length;
    turns.resume();
    expect(turns.events.length).toBe(before + 1);
    const fresh = agreed('  - {id: open, title: Open, call: box:OpenBox}');
    fresh.resume();
    expect(fresh.call().intent.attempt).toBe(1);
  });
});

describe('a run that had failed', () => {
  it('tries again what failed, and does not repeat what is done', () => {
    const turns = agreed(`  - {id: ship, title: Ship, forEach: '\${{ \`["a", "b"]\` }}', call: box:ShipBox}`);
    turns.answer(turns.call(), {});
    turns.refuse(turns.call(), denied);
    turns.turn();
    expect(turns.state.ended?.status).toBe('failed');
    turns.resume(1000);
    expect(turns.state.ended).toBeUndefined();
    const again = turns.call();
    expect(again.intent).toMatchObject({item: 'b', attempt: 1});
  });

  it('counts a change that was sent and never answered as a try: it may have happened', () => {
    const turns = agreed('  - {id: delete, title: Delete, call: box:DeleteBox}');
    for (let call = turns.calls()[0]; call !== undefined; call = turns.calls()[0]) {
      turns.refuse(call, reset);
      turns.pass(60_000);
    }
    expect(turns.state.ended?.status).toBe('failed');
    turns.resume();
    const again = turns.call();
    expect(again.intent.attempt).toBe(2);
    expect(turns.refuse(again, faultOf('not-found', 'NoSuchBox'))).toContainEqual(
      expect.objectContaining({type: 'item-done', note: 'was gone already'}),
    );
  });

  it('does not resend by itself a change that is not safe twice and was never answered', () => {
    const turns = agreed('  - {id: open, title: Open, call: box:OpenBox}');
    turns.refuse(turns.call(), reset);
    turns.turn();
    turns.resume();
    expect(turns.turn()).toMatchObject({calls: [], ask: {step: 'open'}});
  });

  it('starts an update that failed with a fresh picture', () => {
    const turns = agreed(`
  - id: paint
    title: Paint
    update: {read: box:GetBox, with: {boxId: b1}, resource: '\${{ box }}', write: box:UpdateBox, set: {color: blue}}`);
    turns.answer(turns.call(), {box: {label: 'a'}});
    turns.refuse(turns.call(), denied);
    turns.turn();
    turns.resume();
    turns.answer(turns.call(), {box: {label: 'b'}});
    expect(turns.call().request.input).toMatchObject({label: 'b', color: 'blue'});
    expect(turns.events.filter((event) => 'changed' in event)).toEqual([]);
  });

  it('gives a wait that failed a new deadline, and one that was cut short its own', () => {
    const wait = `  - id: wait
    title: Wait
    waitUntil:
      call: box:GetBox
      acceptors: [{state: success, matcher: {output: {path: lid, expected: OPEN, comparator: stringEquals}}}]
      minDelay: 5
      maxDelay: 5
      maxWaitTime: 60`;
    const cut = new Turns(wait);
    cut.answer(cut.call(), {lid: 'SHUT'});
    cut.resume(30_000);
    cut.turn();
    expect(cut.lane().current?.deadline).toBe(60_000);
    const failed = new Turns(wait);
    failed.refuse(failed.call(), denied);
    failed.turn();
    failed.resume(90_000);
    failed.turn();
    expect(failed.lane().current?.deadline).toBe(150_000);
  });

  it('may go back again as often as at first', () => {
    const turns = new Turns(`
  - {id: look, title: Look, call: box:ListBoxes}
  - id: again
    title: Again
    call: box:GetBox
    catch: [{errorEquals: [AccessDenied], next: look, maxVisits: 1}]`);
    for (const _ of ['the first time', 'once too often']) {
      turns.answer(turns.call(), {});
      turns.refuse(turns.call(), denied);
    }
    turns.turn();
    expect(turns.state.ended?.status).toBe('failed');
    turns.resume();
    turns.refuse(turns.call(), denied);
    turns.turn();
    expect(turns.state.visits).toEqual({again: 1});
    expect(turns.state.ended).toBeUndefined();
  });
});

it('a run that is done stays done', () => {
  const turns = new Turns('  - {id: look, title: Look, call: box:ListBoxes}');
  turns.answer(turns.call(), {});
  turns.turn();
  turns.resume();
  expect(turns.state.ended?.status).toBe('done');
});

describe('an answer of the operator', () => {
  it('agrees to what was asked, and to nothing else', () => {
    const yes = asked();
    yes.record([{type: 'answered', step: 'agree', accepted: true, by: 'test'}]);
    expect(Object.keys(yes.state.confirmed)).toEqual(['agree']);
    const other = asked();
    other.record([{type: 'answered', step: 'open', accepted: true, by: 'test'}]);
    expect(other.state.confirmed).toEqual({});
    const no = asked();
    no.record([{type: 'answered', step: 'agree', accepted: false, by: 'test'}]);
    expect(no.state.confirmed).toEqual({});
  });

  it('to no question agrees to nothing', () => {
    const turns = asked();
    turns.resume();
    turns.record([{type: 'answered', step: 'agree', accepted: true, by: 'test'}]);
    expect(turns.state.confirmed).toEqual({});
  });
});

it('an item that is done stays as it is over a resume', () => {
  const turns = new Turns(`
  - {id: agree, title: Agree, confirm: {message: Agree.}}
  - id: paint
    title: Paint
    forEach: '\${{ \`["a", "b"]\` }}'
    update: {read: box:GetBox, with: {boxId: '\${{ item }}'}, resource: '\${{ box }}', write: box:UpdateBox, set: {color: blue}}`);
  turns.agree();
  turns.answer(turns.call(), {box: {boxId: 'a', color: 'red'}});
  turns.answer(turns.call(), {});
  turns.answer(turns.call(), {box: {boxId: 'a', color: 'blue'}});
  const [done] = turns.items('paint');
  expect(done?.status).toBe('done');
  turns.call();
  turns.resume();
  expect(turns.items('paint')[0]).toEqual(done);
});

it('work that failed while it was held for credentials is tried again at once, and may be held again', () => {
  const turns = new Turns('  - {id: look, title: Look, call: box:GetBox}', {program: {attended: true}});
  const expired = faultOf('credentials', 'ExpiredToken');
  for (let held = 0; held < 4; held += 1) {
    turns.refuse(turns.call(), expired);
    turns.command({do: 'continue'});
  }
  turns.turn();
  expect(turns.lane().faultStep).toBe('look');
  turns.command({do: 'retry'});
  expect(turns.refuse(turns.call(), expired)[0]).toMatchObject({held: true});
});

describe('a Region that is tried again', () => {
  const two = `
  - {id: boxes, title: Boxes, scope: region, column: Boxes, call: box:ListBoxes, output: "\${{ boxes }}"}
  - {id: lids, title: Lids, scope: region, column: Lids, call: box:ListBoxes, output: "\${{ lids }}"}`;
  const region = 'eu-west-1';

  /** The run in which the second look of the Region was refused. */
  function half(): Turns {
    const turns = new Turns(`${two}\n  - {id: act, title: Act, call: box:GetBox}`, {
      program: {attended: true},
    });
    turns.answer(turns.call(), {boxes: []});
    turns.refuse(turns.call(), denied);
    turns.turn();
    return turns;
  }

  it('goes on with what was refused', () => {
    const turns = half();
    turns.command({do: 'retry', region});
    expect(turns.call().intent.step).toBe('lids');
  });

  it('is looked at from the beginning if it was waived, and so is no longer', () => {
    const turns = half();
    turns.command({do: 'waive', region, typed: region});
    turns.refuse(turns.call(), denied);
    turns.turn();
    turns.command({do: 'retry', region});
    expect(turns.call().intent).toMatchObject({step: 'boxes', region});
    expect(turns.lane(region).waived).toBeUndefined();
  });

  it('is looked at from the beginning if its use had to be ended by hand', () => {
    const turns = new Turns(
      `${two}
  - {id: agree, title: Agree, confirm: {message: Agree.}}
  - {id: ship, title: Ship, scope: region, call: box:ShipBox}`,
      {program: {attended: true}},
    );
    const [started] = turns.events;
    if (started?.type !== 'run-started') throw new Error('the run has not started');
    turns.record([{...started, changesIn: ['us-east-1']}]);
    turns.answer(turns.call(), {boxes: []});
    turns.answer(turns.call(), {lids: []});
    turns.turn();
    expect(turns.lane(region).fault?.name).toBe('OutsideNamedRegions');
    turns.command({do: 'retry', region});
    expect(turns.call().intent).toMatchObject({step: 'boxes', region});
  });
});

it('a waiver holds over a resume', () => {
  const turns = new Turns(
    `
  - {id: look, title: Look, scope: region, column: Boxes, call: box:ListBoxes, output: "\${{ boxes }}"}
  - {id: act, title: Act, call: box:GetBox}`,
    {program: {attended: true}},
  );
  turns.refuse(turns.call(), denied);
  turns.turn();
  turns.command({do: 'waive', region: 'eu-west-1', typed: 'eu-west-1'});
  turns.refuse(turns.call(), denied);
  turns.turn();
  turns.resume();
  expect(turns.lane('eu-west-1').waived).toMatchObject({by: 'test'});
});
