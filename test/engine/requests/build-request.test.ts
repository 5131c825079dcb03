import {describe, expect, it} from 'vitest';
import {Turns} from '../turns.ts';

function change(operation: string, more: string, inputs: Record<string, string> = {}): Turns {
  const turns = new Turns(
    `
  - {id: agree, title: Agree, confirm: {message: Agree.}}
  - id: act
    title: Act
    call: ${operation}
${more}`,
    {inputs},
  );
  turns.agree();
  return turns;
}

describe('the request of a change', () => {
  it('carries a token of its own where the operation takes one, for each item another', () => {
    const turns = change('box:ShipBox', "    forEach: '${{ `[1, 2]` }}'\n    maxConcurrency: 2\n");
    const tokens = turns.calls().map(({request}) => request.input['clientToken']);
    expect(new Set(tokens).size).toBe(2);
    for (const token of tokens) expect(token).toMatch(/^token-/);
  });

  it('carries the runbook’s token where it gives one', () => {
    const turns = change('box:ShipBox', '    with: {clientToken: mine}\n');
    expect(turns.call().request.input).toEqual({clientToken: 'mine'});
  });

  it('carries none where the operation takes none', () => {
    expect(change('box:OpenBox', '    with: {boxId: b1}\n').call().request.input).toEqual({boxId: 'b1'});
  });

  it('lacks a member whose expression reaches nothing: it is not sent as null', () => {
    const turns = change(
      'box:OpenBox',
      '    with: {boxId: "${{ inputs.boxId }}", label: "${{ optional(inputs.none) }}"}\n',
      {
        boxId: 'b1',
      },
    );
    expect(turns.call().request.input).toEqual({boxId: 'b1'});
  });

  it.each([
    [
      'a list where a text belongs',
      '    with: {boxId: "${{ [inputs.boxId] }}"}\n',
      'UnsafeRequest',
      'boxId is a text, not a list',
    ],
    [
      'a hole in a text',
      '    with: {boxId: "b-${{ optional(inputs.none) }}"}\n',
      'ExpressionError',
      'cannot stand within a text',
    ],
  ])('is not sent with %s, and the step says why', (_, members, name, words) => {
    const turns = change('box:WrapBox', members, {boxId: 'b1'});
    expect(turns.calls()).toEqual([]);
    const failed = turns.events.find((event) => event.type === 'item-failed' || event.type === 'step-failed');
    expect(failed).toMatchObject({fault: {name, message: expect.stringContaining(words) as string}});
  });

  it('is journaled as it is sent, before it is', () => {
    const turns = change('box:ShipBox', '    with: {boxId: b1}\n');
    const {intent, request} = turns.call();
    expect(intent.input).toEqual(request.input);
    expect(turns.events.at(-1)).toMatchObject({type: 'call-started', input: request.input});
  });

  it('says of itself that it must not be sent twice where that is so', () => {
    expect(change('box:OpenBox', '').call().intent.once).toBe(true);
    expect(change('box:ShipBox', '').call().intent).not.toHaveProperty('once');
    expect(change('box:DeleteBox', '').call().intent).not.toHaveProperty('once');
  });
});

describe('the request of a look', () => {
  it('is worked out again for each try: it has no token, and nothing to keep to', () => {
    const turns = new Turns(
      '  - {id: look, title: Look, scope: region, call: box:GetBox, with: {boxId: "${{ region }}"}}',
    );
    const call = turns.call();
    expect(call.request).toEqual({operation: 'box:GetBox', region: 'eu-west-1', input: {boxId: 'eu-west-1'}});
  });

  it('on which a write will be built asks for all that the service says', () => {
    const turns = new Turns(`
  - {id: agree, title: Agree, confirm: {message: Agree.}}
  - id: paint
    title: Paint
    update: {read: box:GetBox, with: {boxId: b1}, resource: '\${{ box }}', write: box:UpdateBox, set: {color: blue}}`);
    turns.agree();
    const read = turns.call();
    expect(read.request).toMatchObject({operation: 'box:GetBox', exact: true});
    turns.answer(read, {box: {color: 'red'}});
    expect(turns.call().request).not.toHaveProperty('exact');
  });
});

it('a request that cannot be worked out fails its item, and nothing is sent', () => {
  const turns = change('box:OpenBox', '    with: {boxId: "${{ length(`1`) }}"}\n');
  expect(turns.calls()).toEqual([]);
  expect(turns.lane().fault).toMatchObject({kind: 'expression'});
});

describe('the request of a full-replacement write', () => {
  it('is not sent where it would carry on a value that was concealed', () => {
    const turns = new Turns(`
  - {id: agree, title: Agree, confirm: {message: Agree.}}
  - id: paint
    title: Paint
    update: {read: box:GetBox, with: {boxId: b1}, resource: '\${{ box }}', write: box:UpdateBox, set: {color: blue}}`);
    turns.agree();
    turns.answer(turns.call(), {box: {color: 'red', label: '<sensitive: not kept>'}});
    turns.turn();
    expect(turns.events.filter(({type}) => type === 'call-started')).toHaveLength(1);
    expect(turns.state.account.fault).toMatchObject({kind: 'unsafe'});
  });
});
