import {describe, expect, it} from 'vitest';
import {truthOf} from '../../../source/engine/queries/region-truth.ts';
import {faultOf, Turns} from '../turns.ts';

const denied = faultOf('denied', 'AccessDeniedException', 'not allowed to look');

/** A look in a Region that is caught, and what comes after it. */
function caught(more: string, after: string): Turns {
  return new Turns(`
  - id: look
    title: Look
    scope: region
    column: Boxes
    call: box:ListBoxes
    output: '\${{ boxes }}'
    catch: [{errorEquals: [AccessDenied], next: continue${more}}]
${after}`);
}

const account = '  - {id: account, title: Account, call: box:GetBox}';
const none = `  - id: none
    title: None
    assert: {that: '\${{ length(steps.look.byRegion[].output[]) == \`0\` }}', message: in use}`;

function truth(turns: Turns): string {
  return truthOf(turns.state, turns.lane('eu-west-1'));
}

/** Another look, with a column. */
function again(column: string): string {
  return `  - id: again
    title: Look otherwise
    scope: region
    column: ${column}
    call: box:GetBox
    output: '\${{ boxes }}'
${account}`;
}

describe('a look that is caught', () => {
  it('leaves its Region unknown, and no account step begins', () => {
    for (const after of [account, none]) {
      const turns = caught('', after);
      turns.refuse(turns.call(), denied);
      expect(turns.calls()).toEqual([]);
      expect(truth(turns)).toBe('unknown');
      expect(turns.lane('eu-west-1')).toMatchObject({fault: denied, faultStep: 'look'});
      expect(turns.state.ended).toMatchObject({
        status: 'blocked',
        message: 'could not look at eu-west-1: nothing account-wide was done',
      });
    }
  });

  it('lets further looks go on, and is made good by one of the same column', () => {
    const same = caught('', again('Boxes'));
    same.refuse(same.call(), denied);
    same.answer(same.call(), {boxes: []});
    expect(same.call().intent.step).toBe('account');
    expect(truth(same)).toBe('clear');
    const other = caught('', again('Others'));
    other.refuse(other.call(), denied);
    other.answer(other.call(), {boxes: []});
    expect(other.calls()).toEqual([]);
    expect(truth(other)).toBe('unknown');
  });

  it('is as good as an answer where the catch says what it stands for', () => {
    const turns = caught(", output: '${{ `[]` }}', message: nothing can be there", account);
    turns.refuse(turns.call(), denied);
    expect(turns.call().intent.step).toBe('account');
    expect(truth(turns)).toBe('clear');
    expect(turns.lane('eu-west-1').results['look']).toMatchObject({
      output: [],
      summary: 'nothing can be there',
    });
  });

  it('lets nothing be changed in its Region', () => {
    const turns = new Turns(`
  - {id: agree, title: Agree, confirm: {message: Agree.}}
  - {id: look, title: Look, scope: region, call: box:ListBoxes, output: '\${{ boxes }}', catch: [{errorEquals: [All], next: continue}]}
  - {id: open, title: Open, scope: region, call: box:OpenBox}`);
    turns.agree();
    turns.refuse(turns.call(), denied);
    expect(turns.calls()).toEqual([]);
    expect(turns.lane('eu-west-1').faultStep).toBe('look');
  });

  it('is looked at again when the operator tries again, and then goes on', () => {
    const turns = caught('', account);
    turns.refuse(turns.call(), denied);
    turns.turn();
    turns.resume();
    const again = turns.call();
    expect(again.intent.step).toBe('look');
    turns.answer(again, {boxes: []});
    expect(turns.call().intent.step).toBe('account');
    expect(truth(turns)).toBe('clear');
  });

  it('may be waived, like any Region that could not be looked at', () => {
    const turns = caught('', account);
    turns.refuse(turns.call(), denied);
    const attended = {...turns.program, attended: true};
    Object.assign(turns, {program: attended});
    turns.turn();
    turns.command({do: 'waive', region: 'eu-west-1', typed: 'eu-west-1'});
    expect(turns.call().intent.step).toBe('account');
  });

  it('of one item leaves the Region unknown too', () => {
    const turns = new Turns(`
  - id: look
    title: Look
    scope: region
    forEach: '\${{ \`["a", "b"]\` }}'
    call: box:GetBox
    with: {boxId: '\${{ item }}'}
    catch: [{errorEquals: [AccessDenied], next: continue}]
${account}`);
    turns.answer(turns.call(), {});
    turns.refuse(turns.call(), denied);
    expect(turns.calls()).toEqual([]);
    expect(truth(turns)).toBe('unknown');
  });

  it('at the end of a runbook lets the run end, and the Region is unknown', () => {
    const turns = caught('', '');
    turns.refuse(turns.call(), denied);
    turns.turn();
    expect(turns.state.ended?.status).toBe('done');
    expect(truth(turns)).toBe('unknown');
  });
});

describe('a wait that is caught', () => {
  it('leaves its Region unknown too', () => {
    const turns = new Turns(`
  - id: wait
    title: Wait
    scope: region
    waitUntil: {call: box:GetBox, acceptors: [{state: success, matcher: {output: {path: shut, expected: 'true', comparator: booleanEquals}}}], minDelay: 1, maxDelay: 1, maxWaitTime: 0}
    catch: [{errorEquals: [AccessDenied], next: continue}]
${account}`);
    turns.refuse(turns.call(), denied);
    expect(turns.calls()).toEqual([]);
    expect(truth(turns)).toBe('unknown');
  });
});
