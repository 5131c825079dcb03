import {describe, expect, it} from 'vitest';
import type {Json} from '../../../source/data/json.ts';
import type {Fault} from '../../../source/engine/model/fault.ts';
import {faultOf, Turns} from '../turns.ts';

const look =
  '  - {id: look, title: Look, scope: region, column: Boxes, call: box:ListBoxes, output: "${{ boxes }}"}';
const lids =
  '  - {id: lids, title: Lids, scope: region, column: Lids, call: box:ListBoxes, output: "${{ lids }}"}';
const act = '  - {id: act, title: Act, call: box:GetBox}';
const denied = faultOf('denied', 'AccessDenied', 'not allowed');

type Answer = {readonly output: Json} | {readonly fault: Fault};

/** The end of a run in which the calls of each turn are answered so, by Region; whatever it asks is agreed to. */
function end(steps: string, ...rounds: readonly Readonly<Record<string, Answer>>[]): Turns['state']['ended'] {
  const turns = new Turns(steps, {regions: Object.keys(rounds[0] ?? {})});
  for (const answers of rounds) {
    const {calls, ask} = turns.turn();
    for (const call of calls) {
      const answer = answers[call.intent.region ?? 'account'] ?? {output: {}};
      if ('fault' in answer) turns.refuse(call, answer.fault);
      else turns.answer(call, answer.output);
    }
    if (ask !== undefined) {
      turns.record([{type: 'answered', step: ask.step, accepted: true, by: 'test'}]);
      turns.record([{type: 'step-succeeded', step: ask.step, output: true}]);
    }
  }
  turns.turn();
  return turns.state.ended;
}

const clear: Answer = {output: {boxes: []}};

describe('a run ends', () => {
  it('as done only when every Region and the account are through', () => {
    expect(end(`${look}\n${act}`, {'us-east-1': clear, 'eu-west-1': clear}, {})).toMatchObject({
      status: 'done',
      message: 'every check is done',
    });
  });

  it('as done with the effect of its change, as a later look saw it', () => {
    const steps = `
  - {id: agree, title: Agree, confirm: {message: Agree.}}
  - {id: delete, title: Delete, call: box:DeleteBox, outcome: {step: gone, reached: the box is gone, missed: the box is there}}
  - {id: gone, title: Gone, call: box:GetBox}`;
    expect(end(steps, {}, {}, {})).toMatchObject({status: 'done', message: 'the box is gone'});
  });

  it('as done with the number of its changes, or as one that only looked', () => {
    const open = `
  - {id: agree, title: Agree, confirm: {message: Agree.}}
  - {id: open, title: Open, forEach: '\${{ \`["a", "b"]\` }}', call: box:OpenBox}`;
    expect(end(open, {}, {}, {})?.message).toBe('2 changes are made');
    expect(end(open.replace('"a", "b"', ''), {}, {})?.message).toBe('nothing had to be changed');
    expect(end(open.replace('"a", "b"', '"a"'), {}, {})?.message).toBe('1 change is made');
    expect(end('  - {id: look, title: Look, call: box:GetBox}', {})?.message).toBe('every check is done');
  });

  it('as failed with what AWS said, where the account’s step failed', () => {
    const ended = end(`${look}\n${act}`, {'us-east-1': clear}, {account: {fault: denied}});
    expect(ended).toMatchObject({status: 'failed', message: 'not allowed'});
  });

  it('as blocked, not failed, where Regions could not be looked at, and names every one of them', () => {
    const ended = end(`${look}\n${act}`, {
      'us-east-1': {fault: denied},
      'eu-west-1': clear,
      'eu-west-2': {fault: denied},
    });
    expect(ended).toMatchObject({
      status: 'blocked',
      message: 'could not look at us-east-1, eu-west-2: nothing account-wide was done',
    });
  });

  it('as blocked by what is in use apart from what nobody could look at', () => {
    const regions = {'us-east-1': {output: {boxes: ['a']}}, 'eu-west-1': clear};
    const message = end(`${look}\n${lids}\n${act}`, regions, {
      'us-east-1': {fault: denied},
      'eu-west-1': {fault: denied},
    })?.message;
    expect(message).toBe(
      'us-east-1 is in use: not allowed; could not look at eu-west-1: nothing account-wide was done',
    );
  });

  it('as failed where a change in a Region was refused, and names the Region and why', () => {
    const steps = `${look}
  - {id: agree, title: Agree, confirm: {message: Agree.}}
  - {id: delete, title: Delete, scope: region, call: box:DeleteBox}
${act}`;
    const ended = end(
      steps,
      {'us-east-1': clear, 'eu-west-1': clear},
      {},
      {'us-east-1': {output: {}}, 'eu-west-1': {fault: denied}},
    );
    expect(ended).toMatchObject({status: 'failed', message: 'eu-west-1: not allowed'});
  });

  it('as blocked by what AWS named, in AWS’s words', () => {
    const wait = `
  - id: wait
    title: Wait
    scope: region
    waitUntil:
      call: box:GetBox
      acceptors: [{state: failure, matcher: {success: true}}]
      minDelay: 1
      maxDelay: 1
      maxWaitTime: 9
      failure: {reason: '\${{ why }}', usage: '\${{ used }}'}`;
    const used = [{region: 'us-east-1', resource: 'arn:aws:box:us-east-1:123456789012:box/b1'}];
    const ended = end(
      `${look}${wait}\n${act}`,
      {'us-east-1': clear},
      {
        'us-east-1': {output: {why: 'still needed', used}},
      },
    );
    expect(ended).toMatchObject({
      status: 'blocked',
      message:
        'us-east-1 is in use: AWS says that arn:aws:box:us-east-1:123456789012:box/b1 uses it; still needed: ' +
        'nothing account-wide was done',
    });
  });
});
