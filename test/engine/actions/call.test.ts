import {describe, expect, it} from 'vitest';
import {stringify} from 'yaml';
import {planUndo} from '../../../source/engine/plan-undo.ts';
import {faultOf, Turns} from '../turns.ts';

const agree = '  - {id: agree, title: Agree, confirm: {message: Agree.}}';

/** What the question shows beside the target of a change of box b1. */
function shown(members: string): string | undefined {
  const turns = new Turns(`
${agree}
  - {id: ship, title: Ship, forEach: "\${{ \`[\\"b1\\"]\` }}", call: box:ShipBox, with: {boxId: '\${{ item }}'${members}}}`);
  return turns.agree().changes[0]?.detail;
}

/** A change that was made, with the way back that its step names. */
function shipped(undo: string): Turns {
  const turns = new Turns(`
${agree}
  - {id: ship, title: Ship, call: box:ShipBox, with: {boxId: b1}, output: '\${{ parcel }}'${undo}}`);
  turns.agree();
  turns.answer(turns.call(), {parcel: 'p1', weight: 3});
  turns.turn();
  return turns;
}

describe('a call', () => {
  it('keeps of its answer what the step says, and all of it where the step says nothing', () => {
    const turns = new Turns(`
  - {id: some, title: Some, call: box:GetBox, output: '\${{ lid }}'}
  - {id: all, title: All, call: box:GetBox}`);
    turns.answer(turns.call(), {lid: 'SHUT', weight: 3});
    turns.answer(turns.call(), {lid: 'SHUT', weight: 3});
    turns.turn();
    expect(turns.lane().results['some']?.output).toBe('SHUT');
    expect(turns.lane().results['all']?.output).toEqual({lid: 'SHUT', weight: 3});
  });

  it('that changes something has its whole answer journaled, for the undo; a look has only what it keeps', () => {
    const change = shipped('').events.find(({type}) => type === 'call-succeeded');
    expect(change).toMatchObject({output: {parcel: 'p1', weight: 3}});
    const look = new Turns("  - {id: look, title: Look, call: box:GetBox, output: '${{ lid }}'}");
    look.answer(look.call(), {lid: 'SHUT', password: 'not for the journal'});
    expect(JSON.stringify(look.events)).not.toContain('not for the journal');
  });
});

describe('the question about a call', () => {
  it('shows what is sent besides the target, and nothing where the target is all', () => {
    expect(shown('')).toBeUndefined();
    expect(shown(", label: Fragile, tags: ['a', 'b']")).toBe('label Fragile, tags ["a","b"]');
  });

  it('cuts a long request short, and says so', () => {
    const detail = shown(`, label: ${'x'.repeat(2000)}`) ?? '';
    expect(detail).toMatch(/^label x+…$/);
    expect(detail.length).toBeLessThan(1010);
  });
});

describe('the way back of a call', () => {
  it('is none where the step names none, or says why there is none', () => {
    for (const [undo, why] of [
      ['', 'the runbook knows no way back'],
      [', undo: {impossible: it has left}', 'it has left'],
    ] as const) {
      const {program, state} = shipped(undo);
      const plan = planUndo(program.runbook, state, []);
      expect(plan).toMatchObject({steps: [], irreversible: [{change: {step: 'ship'}, why}]});
    }
  });

  it('takes what is there already for put back', () => {
    const {program, state} = shipped(", undo: {call: box:OpenBox, with: {boxId: '${{ output.parcel }}'}}");
    const {steps, changes} = planUndo(program.runbook, state, []);
    const agreed = [{id: 'agree', title: 'Agree', confirm: {message: 'Agree.'}}];
    for (const [kind, status] of [
      ['exists', 'done'],
      ['denied', 'failed'],
    ] as const) {
      const back = new Turns(stringify([...agreed, ...steps]), {inputs: {changes}});
      back.agree();
      const call = back.call();
      expect(call.request).toEqual({operation: 'box:OpenBox', input: {boxId: 'p1'}});
      back.refuse(call, faultOf(kind, 'BoxRefused'));
      back.turn();
      expect(back.state.ended?.status).toBe(status);
    }
  });
});
