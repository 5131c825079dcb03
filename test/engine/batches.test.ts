import {describe, expect, it} from 'vitest';
import {batchesText} from '../../source/wording/step-progress.ts';
import {createNarrator} from '../../source/wording/narrate/narrate.ts';
import {regionNow} from '../../source/wording/region-status.ts';
import {waitingFor} from '../../source/wording/waiting.ts';
import {lineText} from '../../source/text/line.ts';
import {timeOfDay} from '../../source/text/time.ts';
import {planLines} from '../../source/wording/decision/change-lines.ts';
import {nextStepText} from '../../source/ui/regions/next-step-text.ts';
import {faultOf, Turns, type TurnsOptions} from './turns.ts';

const boxes = ['b1', 'b2', 'b3', 'b4', 'b5'];
const refused = faultOf('invalid', 'Refused', 'no box like this');

function shipping(batch: string, options: TurnsOptions = {}, more = ''): Turns {
  return new Turns(
    `
  - {id: agree, title: Agree, confirm: {message: Sure?}}
  - id: ship
    title: Ship
    forEach: \${{ inputs.boxes }}
    maxConcurrency: 4
    batch: ${batch}
    call: box:ShipBox
    with: {boxId: '\${{ item }}'}
    undo: {impossible: gone}${more}`,
    {...options, inputs: {boxes, size: 2, ...options.inputs}},
  );
}

/** The boxes of the calls that a turn starts; all of them are answered. */
function shipAll(turns: Turns): readonly string[] {
  const calls = turns.calls();
  calls.forEach((call) => turns.answer(call, {}));
  return calls.map(({intent}) => intent.item);
}

function said(turns: Turns): readonly string[] {
  const narrate = createNarrator();
  return turns.events.flatMap((event) => narrate(event, turns.state.steps)).map(({text}) => text);
}

describe('a step in batches', () => {
  it('tries the canary, and begins each further batch a pause after the one before', () => {
    const turns = shipping('{canary: 1, size: 3, pause: 30s}');
    turns.agree();
    expect(shipAll(turns)).toEqual(['b1']);
    expect(turns.turn()).toMatchObject({calls: [], wakeAt: 30_000});
    turns.pass(29_999);
    expect(shipAll(turns)).toEqual([]);
    turns.pass(1);
    expect(shipAll(turns)).toEqual(['b2', 'b3', 'b4']);
    turns.pass(30_000);
    turns.turn();
    turns.pass(30_000);
    expect(shipAll(turns)).toEqual(['b5']);
    turns.turn();
    expect(turns.state.ended?.status).toBe('done');
  });

  it('waits for every item of a batch before the next', () => {
    const turns = shipping('{size: 2}');
    turns.agree();
    const [first, second] = turns.calls();
    turns.answer(first!, {});
    expect(turns.calls()).toEqual([]);
    turns.answer(second!, {});
    expect(shipAll(turns)).toEqual(['b3', 'b4']);
  });

  it('keeps to its pause when it is resumed', () => {
    const turns = shipping('{size: 2, pause: 60s}');
    turns.agree();
    shipAll(turns);
    turns.turn();
    turns.resume(20_000);
    expect(turns.turn()).toMatchObject({calls: [], wakeAt: 60_000});
    turns.pass(40_000);
    expect(shipAll(turns)).toEqual(['b3', 'b4']);
  });

  it('goes on with the calls of a batch that was cut off, and with no others', () => {
    const turns = shipping('{size: 2, pause: 60s}');
    turns.agree();
    const [first] = turns.calls();
    turns.answer(first!, {});
    turns.resume();
    expect(shipAll(turns)).toEqual(['b2']);
  });

  it('stops at the first failure where nothing else is said, and says where it stands', () => {
    const turns = shipping('{size: 2}', {program: {attended: true}});
    turns.agree();
    shipAll(turns);
    const [third, fourth] = turns.calls();
    turns.refuse(third!, refused);
    turns.turn();
    expect(turns.lane().fault).toBeUndefined();
    turns.answer(fourth!, {});
    expect(turns.calls()).toEqual([]);
    expect(turns.lane().fault).toEqual({
      ...refused,
      message: 'no box like this; stopped in batch 2 of 3: 1 failed, 3 of 5 done',
    });
    turns.command({do: 'retry'});
    expect(shipAll(turns)).toEqual(['b3']);
    expect(shipAll(turns)).toEqual(['b5']);
    turns.turn();
    expect(turns.state.ended?.status).toBe('done');
  });

  it('goes on past fewer failures than it stops after, and fails at the end', () => {
    const turns = shipping('{size: 2, stopAfterFailures: 2}');
    turns.agree();
    const [first, second] = turns.calls();
    turns.refuse(first!, refused);
    turns.answer(second!, {});
    expect(shipAll(turns)).toEqual(['b3', 'b4']);
    expect(shipAll(turns)).toEqual(['b5']);
    turns.turn();
    expect(turns.lane().fault).toEqual(refused);
  });

  it('stops when a canary fails, however many failures it would bear', () => {
    const turns = shipping('{canary: 2, size: 3, stopAfterFailures: 3}');
    turns.agree();
    const [first, second] = turns.calls();
    turns.answer(first!, {});
    turns.refuse(second!, refused);
    expect(turns.calls()).toEqual([]);
    expect(turns.lane().fault?.message).toBe(
      'no box like this; stopped in batch 1 of 2: a canary failed, 1 of 5 done',
    );
  });

  it('sends no change again that waits to be tried again when it stops', () => {
    const turns = shipping('{size: 2}', {program: {attended: true}});
    turns.agree();
    const [first, second] = turns.calls();
    turns.refuse(first!, faultOf('throttled', 'Slow'));
    turns.refuse(second!, refused);
    turns.pass(60_000);
    expect(turns.calls()).toEqual([]);
    expect(turns.lane().fault?.message).toContain('1 failed, 0 of 5 done');
  });

  it('still reads back what was written before it stopped, and writes nothing more', () => {
    const turns = new Turns(
      `
  - {id: agree, title: Agree, confirm: {message: Sure?}}
  - id: paint
    title: Paint
    forEach: \${{ inputs.boxes }}
    maxConcurrency: 3
    batch: {size: 3}
    update: {read: box:GetBox, with: {boxId: '\${{ item }}'}, resource: '\${{ @ }}', write: box:UpdateBox, set: {color: red}}`,
      {inputs: {boxes}},
    );
    turns.agree();
    const [first, second, third] = turns.calls();
    turns.answer(first!, {boxId: 'b1', color: 'blue'});
    turns.answer(turns.call(), {});
    turns.answer(second!, {boxId: 'b2', color: 'blue'});
    turns.refuse(third!, refused);
    const back = turns.call();
    expect([back.intent.item, back.intent.phase]).toEqual(['b1', 'verify']);
    turns.answer(back, {boxId: 'b1', color: 'red'});
    expect(turns.calls()).toEqual([]);
    expect(turns.lane().fault?.message).toContain('stopped in batch 1 of 2: 1 failed, 1 of 5 done');
  });

  it('takes an error that a catch continues after for no failure', () => {
    const more = '\n    catch: [{errorEquals: [Refused], next: continue}]';
    const turns = shipping('{size: 2}', {}, more);
    turns.agree();
    for (const call of turns.calls()) turns.refuse(call, refused);
    expect(shipAll(turns)).toEqual(['b3', 'b4']);
  });

  it('takes its numbers from inputs, and refuses what is no number of items before anything is sent', () => {
    const turns = shipping('{size: "${{ inputs.size }}"}');
    turns.agree();
    expect(shipAll(turns)).toEqual(['b1', 'b2']);
    const none = shipping('{size: "${{ inputs.size }}"}', {inputs: {size: 0}});
    none.agree();
    expect(none.calls()).toEqual([]);
    expect(none.lane().fault).toMatchObject({
      kind: 'expression',
      message: '`size` must be a whole number, 1 or more',
    });
  });
});

describe('the words on a step in batches', () => {
  it('say in the question how the changes are made', () => {
    const turns = shipping('{canary: 1, size: 3, pause: 30s, stopAfterFailures: 2}');
    const {ask} = turns.turn();
    expect(planLines(ask!, 100).map(lineText)[1]).toBe(
      '    in batches: 1 first, then 3 at a time, 30 s apart; stops after 2 failures',
    );
    expect(batchesText({size: 10, pauseMs: 600_000, stopAfterFailures: 1}, true)).toBe(
      'in batches in each Region: 10 at a time, 10:00 apart; stops after the first failure',
    );
  });

  it('say which batch it is, and when the next one begins', () => {
    const turns = shipping('{size: 2, pause: 30s}');
    turns.agree();
    const calls = turns.calls();
    expect(waitingFor(turns.state, turns.now).because).toMatch(/^batch 1 of 3, 2 calls under way/);
    calls.forEach((call) => turns.answer(call, {}));
    turns.turn();
    const at = timeOfDay(30_000);
    expect(waitingFor(turns.state, turns.now).because).toBe(`batch 2 of 3, goes on at ${at}`);
    expect(regionNow(turns.state, turns.lane(), 0).text).toBe(`batch 2 of 3, goes on at ${at}`);
    expect(nextStepText(turns.state, turns.lane(), 0, true)).toEqual([
      'batch 2 of 3 goes on by itself in 30 s',
    ]);
    expect(said(turns)).toContain(`batch 1 of 3 ended, next at ${at}: Ship`);
    turns.pass(30_000);
    turns.turn();
    expect(waitingFor(turns.state, turns.now).because).toMatch(/^batch 2 of 3, 2 calls/);
    expect(regionNow(turns.state, turns.lane(), turns.now).text).toBe('Ship 2/5, batch 2 of 3');
  });

  it('say of several Regions how many pause, and until when the first does', () => {
    const turns = new Turns(
      `
  - {id: agree, title: Agree, confirm: {message: Sure?}}
  - id: ship
    title: Ship
    scope: region
    forEach: \${{ inputs.boxes }}
    batch: {size: 4, pause: 30s}
    maxConcurrency: 4
    call: box:ShipBox
    with: {boxId: '\${{ item }}'}
    undo: {impossible: gone}`,
      {inputs: {boxes}, regions: ['eu-west-1', 'us-east-1']},
    );
    turns.agree();
    const calls = turns.calls();
    calls.filter(({intent}) => intent.region === 'eu-west-1').forEach((call) => turns.answer(call, {}));
    turns.turn();
    const at = timeOfDay(30_000);
    expect(waitingFor(turns.state, 0).because).toMatch(
      new RegExp(`^1 Region pauses between batches, the next goes on at ${at}`),
    );
  });
});
