import {describe, expect, it} from 'vitest';
import type {Json} from '../../../source/data/json.ts';
import {faultOf, Turns} from '../turns.ts';

const busy = faultOf('conflict', 'Busy');

/** Answers the open question without ending the step that asked it, as at a change's own step. */
function answer(turns: Turns, accepted: boolean): void {
  const {question} = turns.state;
  if (question === undefined) throw new Error('nothing is asked');
  turns.record([{type: 'answered', step: question.step, accepted, by: 'test'}]);
}

function targets(turns: Turns): readonly string[] {
  return (turns.turn().ask?.changes ?? []).map(({target, region = ''}) => `${region} ${target}`.trim());
}

/** A run whose consent is given once, and that goes round a second time. */
function secondRound(first: Json, second: Json, confirm = ', once: true', when = ''): Turns {
  const turns = new Turns(`
  - {id: look, title: Look, call: box:ListBoxes, output: '\${{ boxes }}'}
  - {id: agree, title: Agree, ${when}confirm: {message: Sure?${confirm}}}
  - id: ship
    title: Ship
    forEach: \${{ steps.look.output }}
    call: box:ShipBox
    with: {boxId: '\${{ item.name }}', label: '\${{ item.label }}'}
  - {id: still, title: Still, call: box:GetBox, catch: [{errorEquals: [Busy], next: look, maxVisits: 2}]}`);
  turns.answer(turns.call(), {boxes: first});
  turns.agree();
  for (let call = turns.call(); call.intent.step === 'ship'; call = turns.call()) turns.answer(call, {});
  const still = turns.state.calls[0];
  if (still === undefined) throw new Error('no call is under way');
  turns.record([{type: 'call-failed', call: still.call, ms: 1, fault: busy}]);
  turns.record([
    {
      type: 'went-back',
      step: 'still',
      to: 'look',
      visit: 1,
      maxVisits: 2,
      resumeAt: 0,
      fault: busy,
      usage: [],
    },
  ]);
  turns.answer(turns.call(), {boxes: second});
  return turns;
}

const a = {name: 'a', label: 'Fragile'};
const b = {name: 'b', label: 'Fragile'};

describe('a consent that is given once', () => {
  it('is for the very requests that were shown, and those are sent again without a question', () => {
    const turns = secondRound([a], [a]);
    expect(turns.call().intent).toMatchObject({step: 'ship', item: 'a'});
  });

  it('is not for another target: only that one is asked about, and nothing is sent before the answer', () => {
    const turns = secondRound([a], [a, b]);
    const {calls, ask} = turns.turn();
    expect(calls).toEqual([]);
    expect(ask).toMatchObject({step: 'ship', changes: [{target: 'b'}]});
    expect(turns.calls()).toEqual([]);
    answer(turns, true);
    expect(turns.call().intent.item).toBe('a');
  });

  it('is not for another request to the same target', () => {
    const {calls, ask} = secondRound([a], [{...a, label: 'Heavy'}]).turn();
    expect(calls).toEqual([]);
    expect(ask).toMatchObject({step: 'ship', changes: [{target: 'a', request: {label: 'Heavy'}}]});
    expect(ask?.message).toMatch(/^Nobody has agreed to these changes yet.* Sure\?$/);
  });

  it('is for the same request whatever the order of its members', () => {
    const turns = new Turns(`
  - {id: look, title: Look, call: box:ListBoxes, output: '\${{ boxes }}'}
  - {id: agree, title: Agree, confirm: {message: Sure?, once: true}}
  - id: ship
    title: Ship
    forEach: \${{ steps.look.output }}
    call: box:ShipBox
    with: {boxId: '\${{ item.name }}', size: '\${{ item.size }}'}
    catch: [{errorEquals: [Busy], next: look, maxVisits: 2}]`);
    turns.answer(turns.call(), {boxes: [{name: 'a', size: {width: 1, depth: 2}}]});
    turns.agree();
    turns.refuse(turns.call(), busy);
    turns.answer(turns.call(), {boxes: [{name: 'a', size: {depth: 2, width: 1}}]});
    expect(turns.call().intent.step).toBe('ship');
  });

  it('is not for another Region', () => {
    const turns = new Turns(
      `
  - {id: look, title: Look, scope: region, call: box:ListBoxes, output: '\${{ boxes }}'}
  - {id: agree, title: Agree, confirm: {message: Sure?, once: true}}
  - id: ship
    title: Ship
    scope: region
    forEach: \${{ steps.look.output }}
    call: box:ShipBox
    with: {boxId: '\${{ item }}'}
  - {id: still, title: Still, call: box:GetBox, catch: [{errorEquals: [Busy], next: look, maxVisits: 2}]}`,
      {regions: ['eu-west-1', 'us-east-1']},
    );
    const look = (where: string): void => {
      for (const call of turns.calls())
        turns.answer(call, {boxes: call.intent.region === where ? ['x'] : []});
    };
    look('eu-west-1');
    turns.agree();
    turns.answer(turns.call(), {});
    turns.refuse(turns.call(), busy);
    look('us-east-1');
    expect(targets(turns)).toEqual(['us-east-1 x']);
  });
});

describe('a change that is found when its step begins', () => {
  const found = `
  - {id: first, title: First, confirm: {message: Sure?}}
  - {id: agree, title: Agree, confirm: {message: Sure?, typeToConfirm: SHIP}}
  - {id: look, title: Look, scope: region, call: box:ListBoxes, output: '\${{ boxes }}'}
  - id: ship
    title: Ship
    scope: region
    forEach: \${{ steps.look.output }}
    call: box:ShipBox
    with: {boxId: '\${{ item }}'}
    maxConcurrency: 1`;

  it('is asked about, in the way of the confirmation before it', () => {
    const turns = new Turns(found);
    turns.agree();
    turns.answer(turns.call(), {boxes: ['x']});
    expect(turns.turn()).toMatchObject({
      calls: [],
      ask: {kind: 'type-text', typeToConfirm: 'SHIP', step: 'ship', changes: [{target: 'x'}]},
    });
  });

  it('is asked about once for all Regions, when the last of them has come to it', () => {
    const turns = new Turns(found, {regions: ['eu-west-1', 'us-east-1']});
    turns.agree();
    const [first, second] = turns.calls();
    if (first === undefined || second === undefined) throw new Error('two calls were expected');
    turns.answer(first, {boxes: ['x']});
    expect(turns.turn().ask).toBeUndefined();
    turns.answer(second, {boxes: ['y']});
    expect(targets(turns)).toEqual(['eu-west-1 x', 'us-east-1 y']);
    expect(turns.turn()).toMatchObject({calls: [], records: []});
    expect(turns.turn().ask).toBeUndefined();
  });

  it('waits for no Region that was stopped', () => {
    const turns = new Turns(found, {regions: ['eu-west-1', 'us-east-1']});
    turns.agree();
    const [first, second] = turns.calls();
    if (first === undefined || second === undefined) throw new Error('two calls were expected');
    turns.refuse(first, faultOf('denied', 'AccessDenied'));
    turns.answer(second, {boxes: ['y']});
    expect(targets(turns)).toEqual(['us-east-1 y']);
  });

  it('is not sent where the operator declines', () => {
    const turns = new Turns(found);
    turns.agree();
    turns.answer(turns.call(), {boxes: ['x']});
    turns.turn();
    answer(turns, false);
    expect(turns.calls()).toEqual([]);
  });
});

it('consent of an earlier round does not count where the confirmation was skipped in this one', () => {
  const turns = secondRound([a], [a], '');
  turns.turn();
  answer(turns, false);
  turns.record([{type: 'step-skipped', step: 'agree', why: 'there is nothing to change'}]);
  expect(turns.turn()).toMatchObject({calls: [], ask: {step: 'ship', changes: [{target: 'a'}]}});
});

it('consent is for a step: a later one that does the same asks for itself', () => {
  const turns = new Turns(
    `
  - {id: agree, title: Agree, confirm: {message: Sure?}}
  - {id: ship, title: Ship, call: box:ShipBox, with: {boxId: x}}
  - {id: more, title: More, when: '\${{ inputs.ask }}', confirm: {message: Sure?}}
  - {id: second, title: Second, call: box:ShipBox, with: {boxId: x}}`,
    {inputs: {ask: false}},
  );
  turns.agree();
  turns.answer(turns.call(), {});
  expect(turns.turn()).toMatchObject({calls: [], ask: {step: 'second'}});
});

it('an update whose new values are others than those that were shown is asked about', () => {
  const turns = new Turns(`
  - {id: look, title: Look, call: box:ListBoxes, output: '\${{ color }}'}
  - {id: agree, title: Agree, confirm: {message: Sure?, once: true}}
  - id: paint
    title: Paint
    update:
      read: box:GetBox
      with: {boxId: b1}
      resource: \${{ box }}
      write: box:UpdateBox
      set: {color: '\${{ steps.look.output }}'}
    catch: [{errorEquals: [Busy], next: look, maxVisits: 2}]`);
  turns.answer(turns.call(), {color: 'red'});
  turns.agree();
  turns.refuse(turns.call(), busy);
  turns.answer(turns.call(), {color: 'blue'});
  expect(turns.turn()).toMatchObject({
    calls: [],
    ask: {step: 'paint', changes: [{request: {color: 'blue'}}]},
  });
});

/** A step that is under way with two boxes, of which only one was agreed to: a journal of an earlier version. */
function underWay(): Turns {
  const turns = new Turns(`
  - {id: agree, title: Agree, confirm: {message: Sure?}}
  - id: ship
    title: Ship
    forEach: '\${{ \`["a"]\` }}'
    call: box:ShipBox
    with: {boxId: '\${{ item }}'}
    maxConcurrency: 2`);
  turns.agree();
  const items = ['a', 'b'].map((key) => ({key, value: key}));
  turns.record([{type: 'step-started', step: 'ship', items}]);
  return turns;
}

describe('the last look before a step that is under way sends something', () => {
  it('asks about what nobody agreed to, and sends nothing meanwhile', () => {
    expect(underWay().turn()).toMatchObject({calls: [], ask: {step: 'ship', changes: [{target: 'b'}]}});
  });

  it('sends what was agreed to, then', () => {
    const turns = underWay();
    turns.turn();
    answer(turns, true);
    expect(turns.calls().map(({intent}) => intent.item)).toEqual(['a', 'b']);
  });

  it('does not ask about what was sent before: it is sent again as it was', () => {
    const turns = new Turns(`
  - {id: agree, title: Agree, confirm: {message: Sure?}}
  - {id: ship, title: Ship, call: box:ShipBox, with: {boxId: a}}`);
    turns.agree();
    const first = turns.call();
    turns.refuse(first, faultOf('throttled', 'Throttling'));
    turns.pass(60_000);
    turns.record([{type: 'asked', question: {kind: 'confirm', step: 'agree', message: '', changes: []}}]);
    turns.record([{type: 'answered', step: 'agree', accepted: true, by: 'test'}]);
    expect(turns.call().request.input).toEqual(first.request.input);
  });

  it('asks about what waits, as soon as its time has come', () => {
    const turns = underWay();
    turns.record([
      {
        type: 'call-started',
        call: 1,
        step: 'ship',
        item: 'a',
        phase: 'call',
        operation: 'box:GetBox',
        effect: 'read',
        attempt: 1,
        page: 1,
        input: {},
      },
      {
        type: 'call-failed',
        call: 1,
        ms: 1,
        fault: faultOf('throttled', 'Throttling'),
        retryAt: 1000,
        maxAttempts: 8,
      },
      {type: 'asked', question: {kind: 'confirm', step: 'agree', message: '', changes: []}},
      {type: 'answered', step: 'agree', accepted: true, by: 'test'},
    ]);
    turns.record([{type: 'item-done', item: 'b', step: 'ship', output: null}]);
    turns.pass(2000);
    expect(turns.turn()).toMatchObject({calls: [], ask: {step: 'ship', changes: [{target: 'a'}]}});
  });
});

it('a confirmation that was given once more is for its last list only', () => {
  const turns = secondRound([a], [b], '');
  turns.agree();
  expect((turns.state.confirmed['agree'] ?? []).map(({target}) => target)).toEqual(['b']);
});

it('what was agreed to at a change holds beside what is agreed to there later, and no longer in another round', () => {
  const turns = secondRound([a], [a, b]);
  turns.turn();
  answer(turns, true);
  expect(Object.keys(turns.state.confirmed)).toEqual(['agree', 'ship']);
  const [more] = turns.state.confirmed['ship'] ?? [];
  if (more === undefined) throw new Error('nothing was agreed to');
  const another = {kind: 'confirm', step: 'ship', message: '', changes: [{...more, target: 'c'}]} as const;
  turns.record([
    {type: 'asked', question: another},
    {type: 'answered', step: 'ship', accepted: true, by: 'test'},
  ]);
  expect(turns.state.confirmed['ship']?.map(({target}) => target)).toEqual(['b', 'c']);
  turns.record([
    {
      type: 'went-back',
      step: 'still',
      to: 'look',
      visit: 2,
      maxVisits: 2,
      resumeAt: 0,
      fault: busy,
      usage: [],
    },
  ]);
  expect(Object.keys(turns.state.confirmed)).toEqual(['agree']);
});

it('a confirmation that is given once holds in a later round whose condition skips it', () => {
  const when = "when: '${{ length(steps.look.output) > `1` }}', ";
  const turns = secondRound([a, b], [a], ', once: true', when);
  expect(turns.call().intent).toMatchObject({step: 'ship', item: 'a'});
});
