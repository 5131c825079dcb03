import {describe, expect, it} from 'vitest';
import type {CallAction} from '../../../source/engine/model/decision.ts';
import type {Json} from '../../../source/data/json.ts';
import {faultOf, Turns, typesOf} from '../turns.ts';

/** An update of one box, agreed to and about to be read. */
function update(more = '      set: {color: blue}\n', inputs: Record<string, Json> = {}): Turns {
  const turns = new Turns(
    `
  - {id: agree, title: Agree, confirm: {message: Agree.}}
  - id: paint
    title: Paint
    update:
      read: box:GetBox
      with: {boxId: b1}
      resource: \${{ box }}
      write: box:UpdateBox
${more}`,
    {inputs},
  );
  turns.agree();
  return turns;
}

const red = {boxId: 'b1', label: 'Fragile', color: 'red', weight: 3};
const blue = {...red, color: 'blue'};
const reset = faultOf('transient', 'ECONNRESET');

function phaseOf({intent}: CallAction): string {
  return intent.phase;
}

/** Answers the reads with a box each, and the writes; stops when something is not tried. Returns the phases. */
function through(turns: Turns, ...boxes: readonly Json[]): readonly string[] {
  const phases: string[] = [];
  const left = [...boxes];
  for (let call = turns.calls()[0]; call !== undefined; call = turns.calls()[0]) {
    phases.push(phaseOf(call));
    turns.answer(call, phaseOf(call) === 'write' ? {} : {box: left.shift() ?? null});
  }
  return phases;
}

describe('an update', () => {
  it('reads, writes all that it read with its change, and reads back', () => {
    const turns = update();
    turns.answer(turns.call(), {box: red});
    const write = turns.call();
    expect(write.request).toEqual({
      operation: 'box:UpdateBox',
      input: {boxId: 'b1', label: 'Fragile', color: 'blue', clientToken: expect.any(String) as string},
    });
    turns.answer(write, {});
    const verify = turns.call();
    expect(phaseOf(verify)).toBe('verify');
    turns.answer(verify, {box: blue});
    turns.turn();
    expect(turns.lane().results['paint']).toMatchObject({status: 'succeeded'});
    expect([...turns.state.changes]).toMatchObject([{before: red, request: write.request.input}]);
  });

  it('writes nothing where all is as wanted already, and says so', () => {
    const turns = update();
    expect(through(turns, blue)).toEqual(['read']);
    expect(turns.events).toContainEqual(
      expect.objectContaining({type: 'item-done', note: 'was as wanted already'}),
    );
    expect([...turns.state.changes]).toEqual([]);
  });

  it('fails where it reads back other than it wrote, and names the member', () => {
    const turns = update();
    expect(through(turns, red, {...blue, label: 'Heavy'})).toEqual(['read', 'write', 'verify']);
    expect(turns.lane().fault).toMatchObject({name: 'ReadBackDiffers'});
    expect(turns.lane().fault?.message).toContain('label is not as written');
  });

  it('fails where the service took the write and did nothing', () => {
    const turns = update();
    expect(through(turns, red, red)).toEqual(['read', 'write', 'verify']);
    expect(turns.lane().fault?.message).toContain('color');
  });

  it('writes nothing where it would lose what this version does not know', () => {
    const turns = update();
    turns.answer(turns.call(), {box: red}, {unmodeled: ['box.glow']});
    expect(turns.calls()).toEqual([]);
    expect(turns.lane().fault).toMatchObject({kind: 'unsafe', name: 'UnmodelledMembers'});
    expect(turns.lane().fault?.message).toContain('box.glow');
  });
});

describe('a write whose answer was lost', () => {
  it('is preceded by another read, and not made again where it happened', () => {
    const turns = update();
    turns.answer(turns.call(), {box: red});
    turns.refuse(turns.call(), reset);
    turns.pass(60_000);
    const again = turns.call();
    expect(phaseOf(again)).toBe('read');
    expect(turns.answer(again, {box: blue}).at(-1)).toMatchObject({
      type: 'item-done',
      note: 'was written, though its answer was lost',
      happened: 'box:UpdateBox',
    });
    expect([...turns.state.changes]).toMatchObject([{operation: 'box:UpdateBox', before: red}]);
  });

  it('is made again as it was, token and all, where it did not happen', () => {
    const turns = update();
    turns.answer(turns.call(), {box: red});
    const first = turns.call();
    turns.refuse(first, reset);
    turns.pass(60_000);
    turns.answer(turns.call(), {box: red});
    const second = turns.call();
    expect(second.request.input).toEqual(first.request.input);
    expect(second.intent.attempt).toBe(2);
  });

  it('is built anew, under another token, from what somebody else changed meanwhile', () => {
    const turns = update();
    turns.answer(turns.call(), {box: red});
    const first = turns.call();
    turns.refuse(first, reset);
    turns.pass(60_000);
    const [read] = turns.answer(turns.call(), {box: {...red, label: 'Heavy'}});
    expect(read).toMatchObject({changed: ['label']});
    const second = turns.call();
    expect(second.request.input).toMatchObject({label: 'Heavy', color: 'blue'});
    expect(second.request.input['clientToken']).not.toBe(first.request.input['clientToken']);
    turns.answer(second, {});
    turns.answer(turns.call(), {box: {...blue, label: 'Heavy'}});
    expect(turns.events.at(-1)).toMatchObject({note: 'label was changed by somebody else'});
  });

  it('gives up after the tries that it has, reads not counted', () => {
    const turns = update();
    let writes = 0;
    for (let call = turns.calls()[0]; call !== undefined;) {
      if (phaseOf(call) === 'write') {
        writes += 1;
        turns.refuse(call, reset);
      } else turns.answer(call, {box: red});
      turns.pass(60_000);
      call = turns.calls()[0];
    }
    expect(writes).toBe(8);
    expect(turns.state.ended?.status).toBe('failed');
  });
});

describe('what an update expects of a resource', () => {
  const expecting = '      set: {color: blue}\n      expect: ${{ inputs.written }}\n';

  it('lets it through where it is still so, whatever the name of what identifies it', () => {
    const turns = update(expecting, {written: {label: 'Fragile', color: 'red'}});
    turns.answer(turns.call(), {box: red});
    expect(phaseOf(turns.call())).toBe('write');
  });

  it('leaves it as it is where somebody changed it since', () => {
    const turns = update(expecting, {written: {label: 'Fragile', color: 'green'}});
    expect(typesOf(turns.answer(turns.call(), {box: red}))).toEqual(['call-succeeded', 'item-failed']);
    turns.turn();
    expect(turns.lane().fault).toMatchObject({kind: 'conflict', name: 'ChangedSince'});
    expect(turns.calls()).toEqual([]);
  });

  it('does not stand in the way of what is as wanted already', () => {
    const turns = update(expecting, {written: {label: 'Fragile', color: 'green'}});
    expect(typesOf(turns.answer(turns.call(), {box: blue}))).toEqual(['call-succeeded', 'item-done']);
  });
});

it('what the operator was shown of an item and is not so any more is said, and carried over', () => {
  const turns = new Turns(
    `
  - {id: agree, title: Agree, confirm: {message: Agree.}}
  - id: paint
    title: Paint
    forEach: \${{ inputs.boxes }}
    update:
      read: box:GetBox
      with: {boxId: '\${{ item.boxId }}'}
      resource: \${{ box }}
      write: box:UpdateBox
      set: {color: blue}`,
    {inputs: {boxes: [{boxId: 'b1', label: 'Light', weight: 9}]}},
  );
  turns.agree();
  // The schedule was not shown, so it is no news; the weight cannot be written.
  const [read] = turns.answer(turns.call(), {box: {...red, schedule: 'daily'}});
  expect(read).toMatchObject({changed: ['label']});
  expect(turns.call().request.input).toMatchObject({label: 'Fragile', schedule: 'daily', color: 'blue'});
});
