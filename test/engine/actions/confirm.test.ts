import {describe, expect, it} from 'vitest';
import {Turns, type TurnsOptions} from '../turns.ts';

const open = '  - {id: open, title: Open, call: box:OpenBox}';

function confirming(confirm: string, options: TurnsOptions = {}): Turns {
  return new Turns(`  - {id: agree, title: Agree, confirm: {${confirm}}}\n${open}`, options);
}

describe('the question of a confirmation', () => {
  it('has its message worked out, and is asked though a part of the message is unknown', () => {
    const known = confirming("message: 'Open in ${{ account.id }}?'").turn().ask;
    expect(known).toMatchObject({kind: 'confirm', message: 'Open in 123456789012?'});
    const {ask} = confirming("message: 'Open ${{ inputs.none }}?'").turn();
    expect(ask).toMatchObject({kind: 'confirm', step: 'agree'});
  });

  it('is never asked with a text to type that cannot be worked out: the run fails, and nothing is sent', () => {
    const turns = confirming("message: Open?, typeToConfirm: '${{ inputs.none }}'");
    expect(turns.turn()).toMatchObject({calls: []});
    expect(turns.state.question).toBeUndefined();
    expect(turns.lane().fault?.kind).toBe('expression');
  });

  it.each(['', '  ', null])('is never asked with a text that nobody can type: %j', (name) => {
    const turns = confirming("message: Open?, typeToConfirm: '${{ inputs.name }}'", {inputs: {name}});
    expect(turns.turn()).toMatchObject({calls: []});
    expect(turns.state.question).toBeUndefined();
    expect(turns.lane().fault).toMatchObject({
      kind: 'expression',
      message: expect.stringMatching(/typeToConfirm/) as string,
    });
  });

  it('wants a text, also where the input that it is made of is a number', () => {
    const turns = confirming("message: Open?, typeToConfirm: '${{ inputs.boxes }}'", {inputs: {boxes: 7}});
    expect(turns.turn().ask).toMatchObject({kind: 'type-text', typeToConfirm: '7'});
  });
});

describe('a run that only looks', () => {
  it('shows at its first confirmation all changes to the end, and ends there', () => {
    const turns = new Turns(
      `
  - {id: agree, title: Agree, confirm: {message: Open?}}
${open}
  - {id: again, title: Again, confirm: {message: Delete?}}
  - {id: delete, title: Delete, call: box:DeleteBox}`,
      {mode: 'plan'},
    );
    turns.turn();
    const asked = turns.events.flatMap((event) => (event.type === 'asked' ? [event.question] : []));
    expect(asked.map(({step, changes}) => [step, changes.map((change) => change.step)])).toEqual([
      ['agree', ['open', 'delete']],
    ]);
    expect(turns.state.ended?.message).toBe('2 changes would be made');
  });

  it('goes past a confirmation of nothing, and ends as done', () => {
    const turns = new Turns(
      `
  - {id: agree, title: Agree, confirm: {message: Open?}}
  - {id: open, title: Open, forEach: '\${{ \`[]\` }}', call: box:OpenBox}`,
      {mode: 'plan'},
    );
    turns.turn();
    expect(turns.state.ended?.status).toBe('done');
  });
});
