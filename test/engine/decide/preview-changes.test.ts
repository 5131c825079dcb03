import {describe, expect, it} from 'vitest';
import type {PlannedChange} from '../../../source/engine/model/events.ts';
import type {Json} from '../../../source/data/json.ts';
import {faultOf, Turns} from '../turns.ts';

const list = '  - {id: list, title: List, scope: region, call: box:ListBoxes, output: "${{ boxes }}"}';
const agree = '  - {id: agree, title: Agree, confirm: {message: Agree.}}';
const ship = `  - {id: ship, title: Ship, scope: region, forEach: '\${{ steps.list.output }}', call: box:ShipBox, with: {boxId: '\${{ item }}'}}`;
const paint = `  - id: paint
    title: Paint
    scope: region
    forEach: \${{ steps.list.output }}
    update: {read: box:GetBox, with: {boxId: '\${{ item.boxId }}'}, resource: '\${{ box }}', write: box:UpdateBox, set: {color: blue}, remove: [schedule]}`;

/** The changes that the first question shows, where each Region’s list answered so. */
function shown(steps: string, boxes: Readonly<Record<string, Json>>): readonly PlannedChange[] {
  const turns = new Turns(`${list}\n${steps}`, {regions: Object.keys(boxes), program: {attended: true}});
  for (const call of turns.calls()) {
    const found = boxes[call.intent.region ?? ''] ?? null;
    if (found === 'denied') turns.refuse(call, faultOf('denied', 'AccessDenied'));
    else turns.answer(call, {boxes: found});
  }
  const {ask} = turns.turn();
  turns.command({do: 'waive', region: 'us-east-1', typed: 'us-east-1'});
  return (ask ?? turns.turn().ask)?.changes ?? [];
}

function about(changes: readonly PlannedChange[]): readonly unknown[] {
  return changes.map(({step, region, target}) => [step, region, target]);
}

describe('the changes that lie ahead', () => {
  it('are one for each item of each Region, in the order of the runbook and the Regions', () => {
    const boxes = {'us-east-1': ['a'], 'eu-west-1': ['b', 'c']};
    expect(about(shown(`${agree}\n${ship}`, boxes))).toEqual([
      ['ship', 'us-east-1', 'a'],
      ['ship', 'eu-west-1', 'b'],
      ['ship', 'eu-west-1', 'c'],
    ]);
  });

  it('reach to the next confirmation, not past it', () => {
    const second = `${agree.replace('id: agree', 'id: again')}\n  - {id: delete, title: Delete, call: box:DeleteBox}`;
    expect(about(shown(`${agree}\n${ship}\n${second}`, {'us-east-1': ['a']}))).toEqual([
      ['ship', 'us-east-1', 'a'],
    ]);
  });

  it('leave out a Region that something stopped: nothing will be changed there', () => {
    const boxes = {'us-east-1': 'denied', 'eu-west-1': ['b']};
    expect(about(shown(`${agree}\n${ship}`, boxes))).toEqual([['ship', 'eu-west-1', 'b']]);
  });

  it('leave out a Region that was waived, though its own list is known', () => {
    const steps = `${list}
  - {id: more, title: More, scope: region, call: box:GetBox}
${agree}
${ship}`;
    const turns = new Turns(steps, {regions: ['us-east-1'], program: {attended: true}});
    turns.answer(turns.call(), {boxes: ['a']});
    turns.refuse(turns.call(), faultOf('denied', 'AccessDenied'));
    turns.turn();
    turns.command({do: 'waive', region: 'us-east-1', typed: 'us-east-1'});
    turns.resume();
    expect(turns.turn().ask?.changes ?? []).toEqual([]);
  });

  it('leave out looks, and steps whose condition does not hold', () => {
    const never = ship.replace('scope: region,', "scope: region, when: '${{ `false` }}',");
    const look = '  - {id: look, title: Look, call: box:GetBox}';
    const change = '  - {id: delete, title: Delete, call: box:DeleteBox}';
    expect(about(shown(`${agree}\n${never}\n${look}\n${change}`, {'us-east-1': ['a']}))).toEqual([
      ['delete', undefined, ''],
    ]);
  });

  it('say of an update what goes, by what the item shows of it, and what comes', () => {
    const box = {boxId: 'b1', schedule: {expression: 'cron(0 3 * * ? *)', zone: 'UTC'}};
    const [change] = shown(`${agree}\n${paint}`, {'us-east-1': [box]});
    expect(change?.detail).toBe('schedule cron(0 3 * * ? *) removed, color set to blue');
  });

  it('say of an update the old value beside the new one, where the item shows it', () => {
    const box = {boxId: 'b1', color: 'red', schedule: 'daily'};
    const [change] = shown(`${agree}\n${paint}`, {'us-east-1': [box]});
    expect(change?.detail).toBe('schedule daily removed, color red → blue');
  });

  it('are no number in a plan where they are known only later', () => {
    const turns = new Turns(
      `${agree}
  - {id: ship, title: Ship, call: box:ShipBox}
  - {id: open, title: Open, forEach: '\${{ steps.ship.output.parcels }}', call: box:OpenBox}`,
      {mode: 'plan'},
    );
    turns.turn();
    expect(turns.state.ended?.message).toBe(
      '1 change would be made, and what 1 step would change is known only later',
    );
  });

  it('that are known only later are one step, however many Regions it is for', () => {
    const turns = new Turns(
      `${agree}
  - {id: ship, title: Ship, call: box:ShipBox}
  - {id: open, title: Open, scope: region, forEach: '\${{ steps.ship.output.parcels }}', call: box:OpenBox}`,
      {mode: 'plan', regions: ['eu-west-1', 'us-east-1']},
    );
    turns.turn();
    expect(turns.state.ended?.message).toMatch(/and what 1 step would change is known only later$/);
  });

  it('are said to be unknown where they depend on what comes first, and not left out', () => {
    const later = `${agree}
  - {id: ship, title: Ship, call: box:ShipBox}
  - {id: open, title: Open, forEach: '\${{ steps.ship.output.parcels }}', call: box:OpenBox}`;
    const changes = shown(later, {'us-east-1': []});
    expect(changes.map(({step, detail}) => [step, detail])).toEqual([
      ['ship', undefined],
      ['open', 'its targets are known only when the step starts, and are asked about then'],
    ]);
  });
});
