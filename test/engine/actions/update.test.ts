import {describe, expect, it} from 'vitest';
import type {Json} from '../../../source/data/json.ts';
import {planUndo, type UndoPlan} from '../../../source/engine/plan-undo.ts';
import {Turns} from '../turns.ts';

function paint(more: string, boxes: Json): Turns {
  return new Turns(
    `
  - {id: agree, title: Agree, confirm: {message: Agree.}}
  - id: paint
    title: Paint
    forEach: \${{ inputs.boxes }}
    update: {read: box:GetBox, with: {boxId: '\${{ item.boxId }}'}, resource: '\${{ box }}', write: box:UpdateBox, ${more}}`,
    {inputs: {boxes}},
  );
}

/** What the question shows beside the target. */
function shown(more: string, item: Record<string, Json> = {}): string | undefined {
  return paint(more, [{boxId: 'b1', ...item}]).turn().ask?.changes[0]?.detail;
}

/** The way back from an update of boxes that were like this before. */
function wayBack(more: string, ...before: readonly Record<string, Json>[]): UndoPlan {
  const boxes = before.map((box, index) => ({boxId: `b${index + 1}`, ...box}));
  const turns = paint(more, boxes);
  turns.agree();
  for (const box of boxes) {
    turns.answer(turns.call(), {box});
    const write = turns.call();
    const {clientToken: _, ...written} = write.request.input;
    turns.answer(write, {});
    turns.answer(turns.call(), {box: written});
  }
  turns.turn();
  expect(turns.state.ended?.status).toBe('done');
  return planUndo(turns.program.runbook, turns.state, []);
}

describe('the question about an update', () => {
  it('names what goes, with its value where the item shows it, and then what comes', () => {
    const more = 'set: {color: blue}, remove: [schedule]';
    expect(shown(more)).toBe('schedule removed, color set to blue');
    expect(shown(more, {schedule: 'daily'})).toBe('schedule daily removed, color set to blue');
    expect(shown(more, {schedule: {every: 2, zone: 'UTC'}})).toBe('schedule UTC removed, color set to blue');
  });

  it('says of an earlier value that it is put back', () => {
    expect(shown("set: {color: red}, expect: '${{ item }}'")).toBe('color red put back');
  });
});

describe('the way back of an update', () => {
  it('sets what was there before, and takes away what was not, each by a step of its own', () => {
    const {steps} = wayBack('set: {color: blue}', {color: 'red'}, {label: 'x'});
    expect(steps).toHaveLength(2);
    expect(steps[0]).toMatchObject({update: {remove: ['color']}});
    expect(steps[0]).not.toHaveProperty('update.set');
    expect(steps[1]).toHaveProperty('update.set.color');
    expect(steps[1]).not.toHaveProperty('update.remove');
  });

  it('takes an empty value for none: AWS shows an absent one so', () => {
    const {steps} = wayBack('set: {color: blue}', {color: '', label: 'x'});
    expect(steps).toMatchObject([{update: {remove: ['color']}}]);
  });

  it('compares what was written with what is there, but for what only says which it is', () => {
    const {changes} = wayBack('set: {color: blue}', {color: 'red', label: 'x'});
    expect(changes).toMatchObject([{with: {boxId: 'b1'}, before: {color: 'red'}}]);
    const [change] = changes;
    expect(change).toHaveProperty('written.color', 'blue');
    expect(change).toHaveProperty('written.label', 'x');
    expect(change).not.toHaveProperty('written.boxId');
  });

  it('is none where an operation that writes only a part cannot take away what it added', () => {
    const {steps, irreversible} = wayBack('partial: true, set: {color: blue}', {color: 'red'}, {label: 'x'});
    expect(steps).toHaveLength(1);
    expect(irreversible).toMatchObject([
      {
        change: {target: expect.stringContaining('b2') as string},
        why: expect.stringContaining('no color before') as string,
      },
    ]);
  });
});
