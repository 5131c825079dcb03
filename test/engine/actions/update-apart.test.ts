import {describe, expect, it} from 'vitest';
import type {Json} from '../../../source/data/json.ts';
import type {CallAction} from '../../../source/engine/model/decision.ts';
import {planUndo} from '../../../source/engine/plan-undo.ts';
import {faultOf, Turns} from '../turns.ts';

const shelf = {name: 'b1', shelf: 'left', state: 'ready', size: {width: '3', depth: '4', volume: '12'}};

/** An update whose read and write call the box otherwise, and that is made later. */
function moving(more = '', set = 'shelf: right', item: Json = {name: 'b1', shelf: 'left'}): Turns {
  const turns = new Turns(
    `
  - {id: agree, title: Agree, confirm: {message: Agree.}}
  - id: move
    title: Move
    forEach: \${{ inputs.boxes }}
    update:
      read: box:GetBox
      with: {names: ['\${{ item.name }}']}
      resource: \${{ boxes[0] }}
      write: box:MoveBox
      writeWith: {box: '\${{ item.name }}', now: 'yes'}
      set: {${set}}
      partial: true
${more}`,
    {inputs: {boxes: [item], most: 60}},
  );
  return turns;
}

const wait = `      waitUntil:
        acceptors:
          - {state: success, matcher: {output: {path: 'boxes[0].state', expected: ready, comparator: stringEquals}}}
          - {state: failure, matcher: {output: {path: 'boxes[0].state', expected: broken, comparator: stringEquals}}}
        failure: {reason: '\${{ boxes[0].why }}'}
        minDelay: 5
        maxDelay: 20
        maxWaitTime: \${{ inputs.most }}
`;

function see(turns: Turns, box: Json): void {
  turns.answer(turns.call(), {boxes: [box]});
}

/** The write, after the read has seen a box. It is answered. */
function written(turns: Turns, before: Json = shelf): CallAction {
  turns.agree();
  see(turns, before);
  const write = turns.call();
  turns.answer(write, {});
  return write;
}

describe('an update whose write calls the resource otherwise than its read', () => {
  it('shows the old and the new value, and how it is written, and no name twice', () => {
    const change = moving().turn().ask?.changes[0];
    expect(change?.target).toBe('b1');
    expect(change?.detail).toBe('shelf left → right, now yes');
    expect(change?.request).toEqual({names: ['b1'], box: 'b1', now: 'yes', shelf: 'right'});
  });

  it('sends what only the write takes, and compares only what is set', () => {
    const turns = moving();
    expect(written(turns).request).toEqual({
      operation: 'box:MoveBox',
      input: {box: 'b1', now: 'yes', shelf: 'right'},
    });
    see(turns, {...shelf, shelf: 'right', state: 'dusty'});
    turns.turn();
    expect(turns.state.ended?.status).toBe('done');
  });

  it('does not speak of what others change beside it, nor stop at members that it would not lose', () => {
    const turns = moving();
    turns.agree();
    turns.answer(turns.call(), {boxes: [{...shelf, label: 'new'}]}, {unmodeled: ['boxes[].glow']});
    const write = turns.call();
    turns.refuse(write, faultOf('transient', 'ECONNRESET'));
    turns.pass(60_000);
    const [read] = turns.answer(turns.call(), {boxes: [{...shelf, label: 'other'}]});
    expect(read).not.toHaveProperty('changed');
    expect(turns.call().request.input).toEqual(write.request.input);
  });

  it('compares of a structure only what is set of it', () => {
    const turns = moving('', "size: {width: '5'}");
    expect(written(turns).request.input).toEqual({box: 'b1', now: 'yes', size: {width: '5'}});
    see(turns, {...shelf, size: {width: '5', depth: '4', volume: '20'}});
    turns.turn();
    expect(turns.state.ended?.status).toBe('done');
    const other = moving('', "size: {width: '5'}");
    written(other);
    see(other, {...shelf, size: {width: '4', depth: '5'}});
    other.turn();
    expect(other.lane().fault).toMatchObject({name: 'ReadBackDiffers'});
  });

  it('is taken back by the same members, with what only the write takes', () => {
    const turns = moving(wait, "shelf: right, size: {width: '5'}");
    written(turns);
    see(turns, {...shelf, shelf: 'right', size: {width: '5'}});
    turns.turn();
    const {steps, changes} = planUndo(turns.program.runbook, turns.state, []);
    expect(changes).toMatchObject([
      {
        with: {names: ['b1']},
        writeWith: {box: 'b1', now: 'yes'},
        written: {shelf: 'right', size: {width: '5'}},
      },
    ]);
    expect(changes[0]).not.toHaveProperty('written.box');
    expect(steps).toMatchObject([
      {
        update: {
          writeWith: {box: '${{ optional(item.writeWith."box") }}'},
          set: {shelf: '${{ item.before."shelf" }}', size: '${{ item.before."size" }}'},
          partial: true,
          waitUntil: {minDelay: 5, maxDelay: 20, maxWaitTime: 60},
        },
      },
    ]);
  });

  it('puts back of a structure what a write takes, and sees whether another client changed what it wrote', () => {
    const more = `      expect: "\${{ {shelf: 'right'} }}"
`;
    const back = moving(more, "shelf: left, size: '${{ item.size }}'", {name: 'b1', size: shelf.size});
    const write = written(back, {...shelf, shelf: 'right', size: {width: '5'}, state: 'moved'});
    expect(write.request.input).toEqual({
      box: 'b1',
      now: 'yes',
      shelf: 'left',
      size: {width: '3', depth: '4'},
    });
    const late = moving(more, 'shelf: left');
    late.agree();
    see(late, {...shelf, shelf: 'top'});
    late.turn();
    expect(late.lane().fault).toMatchObject({name: 'ChangedSince'});
    expect(late.lane().fault?.message).toContain('(shelf)');
  });
});

describe('an update that AWS makes later', () => {
  it('is read again until its acceptors say so and every member is as written', () => {
    const turns = moving(wait);
    written(turns);
    see(turns, {...shelf, state: 'ready'});
    expect(turns.turn().wakeAt).toBe(5000);
    turns.pass(5000);
    see(turns, {...shelf, shelf: 'right', state: 'moving'});
    turns.pass(20_000);
    see(turns, {...shelf, shelf: 'right'});
    turns.turn();
    expect(turns.state.ended?.status).toBe('done');
    expect([...turns.state.changes]).toHaveLength(1);
  });

  it('keeps to its time limit when it is resumed, and the change counts as made', () => {
    const turns = moving(wait);
    written(turns);
    see(turns, {...shelf, state: 'moving'});
    turns.resume(50_000);
    see(turns, {...shelf, state: 'moving'});
    expect(turns.turn().wakeAt).toBe(55_000);
    turns.pass(10_000);
    see(turns, {...shelf, state: 'moving'});
    turns.turn();
    expect(turns.lane().fault).toMatchObject({
      name: 'WaiterTimedOut',
      message: 'b1: written, and after 60 s shelf is not as written',
    });
    expect([...turns.state.changes]).toMatchObject([{target: 'b1', before: shelf}]);
    expect(planUndo(turns.program.runbook, turns.state, []).steps).toHaveLength(1);
  });

  it('fails with the reason that AWS gives', () => {
    const turns = moving(wait);
    written(turns);
    see(turns, {...shelf, state: 'broken', why: 'it fell'});
    turns.turn();
    expect(turns.lane().fault).toMatchObject({name: 'WaiterFailed', message: 'it fell'});
  });

  it('is waited for also where the answer to its write was lost', () => {
    const turns = moving(wait);
    turns.agree();
    see(turns, shelf);
    turns.refuse(turns.call(), faultOf('transient', 'ECONNRESET'));
    turns.pass(60_000);
    see(turns, {...shelf, shelf: 'right', state: 'moving'});
    const {wakeAt = 0} = turns.turn();
    expect(wakeAt).toBeGreaterThan(turns.now);
    turns.pass(20_000);
    const again = turns.call();
    expect(again.intent.phase).toBe('read');
    turns.answer(again, {boxes: [{...shelf, shelf: 'right'}]});
    turns.turn();
    expect(turns.state.ended?.status).toBe('done');
    expect([...turns.state.changes]).toMatchObject([{operation: 'box:MoveBox', before: shelf}]);
  });

  it('without acceptors is over as soon as every member is as written', () => {
    const turns = moving('      waitUntil: {minDelay: 1, maxDelay: 2, maxWaitTime: 9}\n');
    written(turns);
    see(turns, shelf);
    turns.pass(2000);
    see(turns, {...shelf, shelf: 'right', state: 'moving'});
    turns.turn();
    expect(turns.state.ended?.status).toBe('done');
  });
});
