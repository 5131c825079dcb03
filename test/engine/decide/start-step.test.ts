import {describe, expect, it} from 'vitest';
import {faultOf, runStarted, Turns, typesOf} from '../turns.ts';

const regions = ['eu-west-1', 'us-east-1'];
const agree = '  - {id: agree, title: Agree, confirm: {message: Agree.}}';
const open = '  - {id: open, title: Open, call: box:OpenBox, with: {boxId: b1}}';

/** A run in its second round, about to come to its confirmation again. */
function rounds(once: string): Turns {
  const turns = new Turns(`
  - {id: look, title: Look, call: box:ListBoxes}
  - {id: agree, title: Agree, confirm: {message: Agree.${once}}}
  - id: open
    title: Open
    call: box:OpenBox
    catch: [{errorEquals: [Busy], next: look, maxVisits: 2}]`);
  turns.answer(turns.call(), {});
  turns.agree();
  turns.refuse(turns.call(), faultOf('conflict', 'Busy'));
  turns.answer(turns.call(), {});
  return turns;
}

// The checker refuses such runbooks. The engine must not rely on it.
describe('a change that no confirmation precedes', () => {
  it('is not sent, in whatever way the runbook leaves the confirmation out', () => {
    for (const steps of [
      open,
      `${open}\n${agree}`,
      open.replace('call: box:OpenBox', 'scope: region, call: box:OpenBox'),
    ]) {
      const turns = new Turns(steps);
      expect(turns.calls()).toEqual([]);
      expect(turns.state.ended?.status).not.toBe('done');
      const failed = turns.events.find(({type}) => type === 'step-failed');
      expect(failed).toMatchObject({fault: {kind: 'unsafe', name: 'NotConfirmed'}});
      expect(JSON.stringify(failed)).toContain('box:OpenBox was not sent: no confirmation precedes it');
    }
  });

  it('is not sent by an update either: not even its read is made', () => {
    const turns = new Turns(`
  - id: paint
    title: Paint
    update: {read: box:GetBox, with: {boxId: b1}, resource: '\${{ box }}', write: box:UpdateBox, set: {color: blue}}`);
    expect(turns.calls()).toEqual([]);
    expect(turns.lane().fault).toMatchObject({kind: 'unsafe', name: 'NotConfirmed'});
  });

  it('is not sent on a confirmation that was skipped', () => {
    const turns = new Turns(
      `
  - {id: agree, title: Agree, when: '\${{ inputs.ask }}', confirm: {message: Agree.}}
${open}`,
      {inputs: {ask: false}},
    );
    expect(turns.calls()).toEqual([]);
    expect(turns.lane().results['agree']?.status).toBe('skipped');
    expect(turns.lane().fault?.name).toBe('NotConfirmed');
  });

  it('is only said, where the run only looks', () => {
    const turns = new Turns(open, {mode: 'plan'});
    expect(turns.calls()).toEqual([]);
    expect(turns.state.ended).toMatchObject({
      status: 'planned',
      message: '1 change would be made',
    });
  });
});

it('a change that is needed in a Region that was not named for changes stops that Region: it is in use', () => {
  const turns = new Turns(`
${agree}
  - {id: ship, title: Ship, scope: region, call: box:ShipBox}
  - {id: open, title: Open, call: box:OpenBox}`);
  turns.record([{...runStarted(turns.program, {regions}), changesIn: ['us-east-1']}]);
  const {changes} = turns.agree();
  expect(changes.map(({step, region = ''}) => `${step} ${region}`)).toEqual(['ship us-east-1', 'open ']);
  const call = turns.call();
  expect(call.intent.region).toBe('us-east-1');
  expect(turns.lane('eu-west-1').fault).toMatchObject({kind: 'unsafe', name: 'OutsideNamedRegions'});
  turns.answer(call, {});
  expect(turns.calls()).toEqual([]);
  expect(turns.state.ended?.status).not.toBe('done');
});

describe('a confirmation', () => {
  it('is asked before anything is sent, once, with the changes that follow', () => {
    const turns = new Turns(`${agree}\n${open}`);
    const {calls, ask} = turns.turn();
    expect(calls).toEqual([]);
    expect(ask).toMatchObject({
      kind: 'confirm',
      step: 'agree',
      changes: [{step: 'open', operation: 'box:OpenBox'}],
    });
    expect(turns.turn()).toMatchObject({calls: [], records: []});
    expect(turns.turn().ask).toBeUndefined();
  });

  it('that wants a text says which', () => {
    const turns = new Turns(
      `
  - {id: agree, title: Agree, confirm: {message: Type it., typeToConfirm: '\${{ inputs.name }}'}}
${open}`,
      {inputs: {name: 'TheBox'}},
    );
    expect(turns.turn().ask).toMatchObject({kind: 'type-text', typeToConfirm: 'TheBox'});
  });

  it('is not asked where there is nothing to change', () => {
    const turns = new Turns(`
${agree}
  - {id: open, title: Open, forEach: '\${{ \`[]\` }}', call: box:OpenBox}`);
    expect(turns.turn().ask).toBeUndefined();
    expect(turns.lane().results['agree']).toMatchObject({
      status: 'skipped',
      why: 'there is nothing to change',
    });
    expect(turns.state.ended?.status).toBe('done');
  });

  it('in a run that only looks is shown, not asked, and nothing is sent', () => {
    const turns = new Turns(`${agree}\n${open}\n${open.replace('id: open', 'id: more')}`, {mode: 'plan'});
    expect(turns.turn().ask).toBeUndefined();
    expect(typesOf(turns.events)).toContain('asked');
    expect(turns.state.ended).toMatchObject({
      status: 'planned',
      message: '2 changes would be made',
    });
    expect(turns.calls()).toEqual([]);
  });

  it('is asked again in another round', () => {
    expect(rounds('').turn()).toMatchObject({calls: [], ask: {step: 'agree'}});
  });

  it('that is given once holds in another round', () => {
    const turns = rounds(', once: true');
    expect(turns.call().intent.step).toBe('open');
    expect(turns.lane().results['agree']?.summary).toBe('confirmed before');
  });
});

describe('a step', () => {
  it('whose AWS client is not installed is skipped, and says why', () => {
    const turns = new Turns('  - {id: look, title: Look, call: box:GetBox}');
    const [, getBox] = [...turns.program.operations].find(([name]) => name === 'box:GetBox') ?? [];
    if (getBox === undefined) throw new Error('no model');
    const missing = 'the AWS client for box is not installed';
    const without = new Turns('  - {id: look, title: Look, call: box:GetBox}', {
      program: {operations: new Map([['box:GetBox', {...getBox, missing}]])},
    });
    expect(without.calls()).toEqual([]);
    expect(without.lane().results['look']).toMatchObject({status: 'skipped', why: missing});
  });

  it('of a Region begins in each of them, with its own items', () => {
    const turns = new Turns(
      `
  - {id: list, title: List, scope: region, call: box:ListBoxes, output: '\${{ boxes }}'}
  - {id: look, title: Look, scope: region, forEach: '\${{ steps.list.output }}', call: box:GetBox}`,
      {regions},
    );
    for (const call of turns.calls()) turns.answer(call, {boxes: [`box in ${call.intent.region}`]});
    expect(turns.calls().map(({intent}) => intent.item)).toEqual(['box in eu-west-1', 'box in us-east-1']);
  });

  it('whose condition cannot be worked out fails, and is not taken for one that does not apply', () => {
    const turns = new Turns(
      "  - {id: look, title: Look, when: '${{ steps.none.output == `1` }}', call: box:GetBox}",
    );
    expect(turns.calls()).toEqual([]);
    expect(turns.lane().fault?.kind).toBe('expression');
  });
});

/** A run whose `rules` were looked at, and that a refused opening has taken back to its first look. */
function secondRound(rules: 'answered' | 'caught'): Turns {
  const turns = new Turns(
    `
  - {id: look, title: Look, scope: region, call: box:ListBoxes, output: '\${{ boxes }}'}
  - id: rules
    title: Rules
    scope: region
    once: true
    forEach: \${{ steps.look.output }}
    call: box:GetBox
    catch: [{errorEquals: [Busy], next: continue, message: unknown}]
  - {id: agree, title: Agree, confirm: {message: Agree., once: true}}
  - id: open
    title: Open
    call: box:OpenBox
    catch: [{errorEquals: [Busy], next: look, maxVisits: 2}]`,
    {regions: ['eu-west-1']},
  );
  turns.answer(turns.call(), {boxes: ['a']});
  if (rules === 'answered') turns.answer(turns.call(), {color: 'red'});
  else turns.refuse(turns.call(), faultOf('conflict', 'Busy'));
  if (rules === 'caught') return turns;
  turns.agree();
  turns.refuse(turns.call(), faultOf('conflict', 'Busy'));
  return turns;
}

describe('a look that is made once', () => {
  it('holds in the next round, whatever the looks before it find, and is said to be of its step', () => {
    const turns = secondRound('answered');
    const again = turns.call();
    expect(again.intent.step).toBe('look');
    const before = turns.state.lanes.get('eu-west-1')?.lookedOnce?.['rules']?.output;
    expect(before).toEqual([{color: 'red'}]);
    turns.answer(again, {boxes: ['a', 'b']});
    expect(turns.call().intent.step).toBe('open');
    expect(turns.state.lanes.get('eu-west-1')?.results['rules']?.output).toEqual(before);
  });

  it('is no knowledge where it was not answered: the Region stays unknown', () => {
    const turns = secondRound('caught');
    turns.turn();
    const lane = turns.state.lanes.get('eu-west-1');
    expect(lane?.unlooked).toHaveProperty('rules');
    expect(lane?.lookedOnce).toBeUndefined();
  });
});
