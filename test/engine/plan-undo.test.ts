import {describe, expect, it} from 'vitest';
import {stringify} from 'yaml';
import {planUndo, type UndoPlan} from '../../source/engine/plan-undo.ts';
import type {Json} from '../../source/data/json.ts';
import {Turns} from './turns.ts';

const runbook = `
  - {id: agree, title: Agree, confirm: {message: Agree.}}
  - id: paint
    title: Paint
    scope: region
    forEach: \${{ \`["b1", "b2"]\` }}
    update: {read: box:GetBox, with: {boxId: '\${{ item }}'}, resource: '\${{ box }}', write: box:UpdateBox, set: {color: blue}, remove: [schedule]}
  - id: open
    title: Open
    call: box:OpenBox
    with: {boxId: b1}
    undo: {call: box:ShipBox, with: {boxId: '\${{ output.opened }}', label: '\${{ caller }}'}}
  - {id: delete, title: Delete, call: box:DeleteBox}`;

type Boxes = Record<string, Record<string, Json>>;

/** Runs all that a run has to do against boxes by Region and id, which are changed in place. */
function through(turns: Turns, boxes: Boxes): void {
  for (let calls = turns.calls(); calls.length > 0; calls = turns.calls()) {
    for (const call of calls) {
      const {operation, region = '', input} = call.request;
      const key = `${region} ${String(input['boxId'])}`;
      if (operation === 'box:UpdateBox') {
        const {clientToken: _, ...members} = input;
        boxes[key] = members;
      }
      const answer = operation === 'box:OpenBox' ? {opened: 'b1-open'} : {box: boxes[key] ?? {}};
      turns.answer(call, answer);
    }
  }
}

/** Each Region’s boxes have its label, so that one that was put back in another Region would be seen. */
function redBox(boxId: string, label = 'eu'): Record<string, Json> {
  return {boxId, color: 'red', schedule: 'daily', label};
}

function redBoxes(): Boxes {
  return {
    'eu-west-1 b1': redBox('b1'),
    'eu-west-1 b2': redBox('b2'),
    'us-east-1 b1': redBox('b1', 'us'),
    'us-east-1 b2': redBox('b2', 'us'),
  };
}

const regions = ['eu-west-1', 'us-east-1'];

function painted(boxes: Boxes): Turns {
  const turns = new Turns(runbook, {regions});
  turns.agree();
  through(turns, boxes);
  expect(turns.state.ended?.status).toBe('done');
  return turns;
}

/** A run that takes back what another did, agreed to and played against the same boxes. */
function undone({steps, changes}: UndoPlan, boxes: Boxes): Turns {
  const all = [{id: 'agreeUndo', title: 'Agree', confirm: {message: 'Agree.'}}, ...steps];
  const turns = new Turns(stringify(all), {regions, inputs: {changes}});
  turns.agree();
  through(turns, boxes);
  return turns;
}

describe('the way back', () => {
  it('is the newest change first, and says what has no way back and why', () => {
    const {program, state} = painted(redBoxes());
    const {steps, irreversible} = planUndo(program.runbook, state, []);
    expect(steps.map((step) => ('id' in step ? step.id : ''))).toEqual(['open', 'paint']);
    expect(irreversible).toMatchObject([{change: {step: 'delete'}, why: 'the runbook knows no way back'}]);
  });

  it('puts every update back as it was, in its own Region', () => {
    const boxes = redBoxes();
    const turns = painted(boxes);
    expect(boxes['eu-west-1 b1']).toEqual({boxId: 'b1', color: 'blue', label: 'eu'});
    const back = undone(planUndo(turns.program.runbook, turns.state, []), boxes);
    expect(boxes).toEqual(redBoxes());
    expect(back.state.ended?.status).toBe('done');
    expect(
      [...back.state.changes]
        .filter(({step}) => step === 'paint')
        .map(({region}) => region)
        .toSorted(),
    ).toEqual(['eu-west-1', 'eu-west-1', 'us-east-1', 'us-east-1']);
  });

  it('leaves alone what somebody changed since, and puts back the rest', () => {
    const boxes = redBoxes();
    const turns = painted(boxes);
    boxes['us-east-1 b2'] = {...boxes['us-east-1 b2'], label: 'theirs'};
    const back = undone(planUndo(turns.program.runbook, turns.state, []), boxes);
    expect(boxes['us-east-1 b2']).toMatchObject({color: 'blue', label: 'theirs'});
    expect(boxes['us-east-1 b1']).toMatchObject({color: 'red'});
    expect(boxes['eu-west-1 b2']).toMatchObject({color: 'red'});
    expect(back.lane('us-east-1').fault).toMatchObject({name: 'ChangedSince'});
  });

  it('of a call is made from its answer', () => {
    const {program, state} = painted(redBoxes());
    const {changes} = planUndo(program.runbook, state, []);
    expect(changes).toContainEqual(
      expect.objectContaining({
        step: 'open',
        with: {boxId: 'b1-open', label: 'arn:aws:iam::123456789012:user/kim'},
      }),
    );
  });

  it('puts a thing that was changed twice back once, to what the last change found', () => {
    const boxes = redBoxes();
    const turns = painted(boxes);
    const changes = [...turns.state.changes].filter(({step}) => step === 'paint');
    const twice = {...turns.state, changes: turns.state.changes.append({...(changes[0] ?? never()), at: 99})};
    const plan = planUndo(turns.program.runbook, twice, []);
    expect(plan.changes.filter((change) => (change as {step: string}).step === 'paint')).toHaveLength(4);
  });

  it('of a run whose runbook has no such step any more is none, and says so', () => {
    const {state} = painted(redBoxes());
    const other = new Turns('  - {id: look, title: Look, call: box:GetBox}').program.runbook;
    const {steps, irreversible} = planUndo(other, state, []);
    expect(steps).toEqual([]);
    expect(new Set(irreversible.map(({why}) => why))).toEqual(new Set(['its step is not in the runbook']));
  });
});

it('the steps of an undo have ids that a runbook may have, however long the step’s own is', () => {
  const id = 'x'.repeat(40);
  const wait = `waitUntil: {call: box:GetBox, acceptors: [{state: success, matcher: {success: true}}], minDelay: 1, maxDelay: 1, maxWaitTime: 9}`;
  const turns = new Turns(`
  - {id: agree, title: Agree, confirm: {message: Agree.}}
  - {id: ${id}, title: Open, call: box:OpenBox, undo: {call: box:ShipBox, ${wait}}}`);
  turns.agree();
  turns.answer(turns.call(), {});
  turns.turn();
  const {steps} = planUndo(turns.program.runbook, turns.state, []);
  expect(steps.map((step) => step.id)).toEqual([id, `${id.slice(0, 36)}Wait`]);
  expect(() => new Turns(stringify(steps))).not.toThrow();
});

function never(): never {
  throw new Error('a change was expected');
}
