import {describe, expect, it} from 'vitest';
import type {Json} from '../../../source/data/json.ts';
import {faultOf, Turns} from '../turns.ts';

/** A look in one Region that is done, with these answers to its calls in turn. */
function looked(more: string, ...answers: readonly Json[]): Turns {
  const turns = new Turns(
    `
  - id: look
    title: Look
    scope: region
    column: Boxes
    call: box:ListBoxes
    ${more}`,
    {program: {attended: true}},
  );
  for (const answer of answers) turns.answer(turns.call(), answer);
  turns.turn();
  return turns;
}

function inUse(turns: Turns): number | undefined {
  return turns.lane('eu-west-1').cells['Boxes']?.inUse;
}

const each = `forEach: "\${{ \`[\\"a\\", \\"b\\"]\` }}"\n    `;

describe('the output of a step', () => {
  it('is the answer itself, or with `forEach` a list with one entry an item, in the items’ order', () => {
    const one = looked('output: "${{ lid }}"', {lid: 'SHUT'});
    expect(one.lane('eu-west-1').results['look']?.output).toBe('SHUT');
    const both = looked(`${each}maxConcurrency: 1\n    output: "\${{ optional(lid) }}"`, {lid: 'SHUT'}, {});
    expect(both.lane('eu-west-1').results['look']?.output).toEqual(['SHUT', null]);
    const none = looked('forEach: "${{ `[]` }}"');
    expect(none.lane('eu-west-1').results['look']?.output).toEqual([]);
  });
});

describe('how many things a look found', () => {
  it('is what its list holds, or what the lists of its items hold together', () => {
    expect(inUse(looked('output: "${{ boxes }}"', {boxes: ['a', 'b', 'c']}))).toBe(3);
    const lists = [{boxes: ['a', 'b']}, {boxes: ['c']}];
    expect(inUse(looked(`${each}maxConcurrency: 1\n    output: "\${{ boxes }}"`, ...lists))).toBe(3);
  });

  it('is what its step says is in use, where the output has more', () => {
    const more = 'output: "${{ boxes }}"\n    inUse: "${{ @[?open] }}"';
    const boxes = [{open: true}, {open: false}, {open: false}];
    const turns = looked(more, {boxes});
    expect(inUse(turns)).toBe(1);
    expect(turns.lane('eu-west-1').results['look']?.output).toEqual(boxes);
  });

  it('is not known where the output is no list: the cell never says 0', () => {
    expect(inUse(looked('output: "${{ lid }}"', {lid: 'SHUT'}))).toBeUndefined();
    const mixed = [{boxes: []}, {boxes: 'too many'}];
    expect(inUse(looked(`${each}maxConcurrency: 1\n    output: "\${{ boxes }}"`, ...mixed))).toBeUndefined();
  });

  it('that gives no list fails the step, and is not taken for none', () => {
    const turns = looked('output: "${{ boxes }}"\n    inUse: "${{ length(@) }}"', {boxes: []});
    expect(turns.lane('eu-west-1').fault).toMatchObject({
      kind: 'expression',
      message: expect.stringContaining('`inUse` must give a list') as string,
    });
    expect(inUse(turns)).toBeUndefined();
  });
});

describe('a step with an item that failed', () => {
  it('stops its lane by that item’s fault, though others were done', () => {
    const turns = new Turns(`
  - {id: look, title: Look, forEach: "\${{ \`[\\"a\\", \\"b\\"]\` }}", maxConcurrency: 2, call: box:GetBox}`);
    const [a, b] = turns.calls();
    if (a === undefined || b === undefined) throw new Error('two calls were expected');
    turns.refuse(a, faultOf('denied', 'AccessDenied', 'not a'));
    turns.answer(b, {});
    turns.turn();
    expect(turns.lane()).toMatchObject({fault: {name: 'AccessDenied', message: 'not a'}, faultStep: 'look'});
    expect(turns.lane().results['look']?.status).not.toBe('succeeded');
  });
});
