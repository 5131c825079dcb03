import {describe, expect, it} from 'vitest';
import {waitingFor} from '../../../source/wording/waiting.ts';
import {regionNow} from '../../../source/wording/region-status.ts';
import {moment} from '../../../source/text/time.ts';
import {Turns} from '../turns.ts';

const minute = 60_000;

function pausing(pause: string, more: ConstructorParameters<typeof Turns>[1] = {}): Turns {
  const turns = new Turns(
    `
  - {id: get, title: Get, call: box:GetBox}
  - {id: rest, title: Let it settle, pause: {${pause}}}
  - {id: again, title: Again, call: box:GetBox}`,
    more,
  );
  turns.answer(turns.call(), {});
  return turns;
}

describe('a pause', () => {
  it('goes on when its time is over, and calls nothing before', () => {
    const turns = pausing('for: 10m');
    expect(turns.turn()).toMatchObject({calls: [], wakeAt: 10 * minute});
    turns.pass(10 * minute - 1);
    expect(turns.calls()).toEqual([]);
    turns.pass(1);
    expect(turns.calls()).toHaveLength(1);
    expect(turns.lane().results['rest']).toMatchObject({status: 'succeeded', output: true});
  });

  it('until a time goes on then, and at once where the time has passed', () => {
    const turns = pausing("until: '1970-01-01T00:30:00Z'");
    expect(turns.turn().wakeAt).toBe(30 * minute);
    const late = pausing("until: '${{ inputs.end }}'", {inputs: {end: '1969-12-31T23:00:00Z'}});
    expect(late.calls()).toHaveLength(1);
  });

  it('keeps its end when the run is resumed, and when it is looked again from before it', () => {
    for (const lookAgain of [undefined, 'get']) {
      const turns = pausing('for: 10m');
      turns.turn();
      turns.resume(4 * minute, lookAgain);
      if (lookAgain !== undefined) turns.answer(turns.call(), {});
      expect(turns.turn()).toMatchObject({calls: [], wakeAt: 10 * minute});
      turns.pass(6 * minute);
      expect(turns.calls()).toHaveLength(1);
    }
  });

  it('that is over is not made again when it is looked again from before it', () => {
    const turns = pausing('for: 10m');
    turns.turn();
    turns.pass(10 * minute);
    turns.turn();
    turns.resume(60 * minute, 'get');
    turns.answer(turns.call(), {});
    expect(turns.call().intent).toMatchObject({step: 'again'});
  });

  it('is made again in the next round', () => {
    const turns = new Turns(`
  - {id: get, title: Get, call: box:GetBox, output: '\${{ box }}'}
  - {id: rest, title: Let it settle, pause: {for: 1h}}
  - id: hold
    title: Hold
    assert: {that: '\${{ steps.get.output.ready }}', message: not yet}
    catch: [{errorEquals: [AssertionFailed], next: get, maxVisits: 2}]`);
    turns.answer(turns.call(), {box: {ready: false}});
    turns.turn();
    turns.pass(60 * minute);
    turns.answer(turns.call(), {box: {ready: true}});
    expect(turns.turn()).toMatchObject({calls: [], wakeAt: 120 * minute});
    // Also when a resumption has gone over the first one.
    turns.resume(minute, 'get');
    turns.answer(turns.call(), {box: {ready: false}});
    expect(turns.turn().wakeAt).toBe(120 * minute);
    turns.pass(59 * minute);
    turns.answer(turns.call(), {box: {ready: true}});
    expect(turns.turn().wakeAt).toBe(180 * minute);
  });

  it('is not made by a run that only looks', () => {
    const turns = pausing('for: 10m', {mode: 'plan'});
    expect(turns.calls()).toHaveLength(1);
    expect(turns.lane().results['rest']).toMatchObject({summary: 'not made, as nothing is changed'});
  });

  it.each([
    ['a number', 'for', 90, /a duration such as .* is needed here, and this is a number/],
    ['a text that is none', 'for', 'soon', /"soon" is no duration: write 90s/],
    ['a duration that never ends', 'for', '99999d', /a pause lasts 366 days at most/],
    ['a time without its offset', 'until', '2026-12-01T09:00:00', /lacks its offset/],
    ['a time in another year', 'until', '1999-01-01', /366 days at most, and this one would end at 1999/],
    ['nothing', 'until', null, /nothing/],
  ])('that is given %s fails, and the run does not go on', (_, member, given, words) => {
    const turns = pausing(`${member}: '\${{ inputs.given }}'`, {inputs: {given}});
    expect(turns.calls()).toEqual([]);
    expect(turns.lane().fault).toMatchObject({
      kind: 'expression',
      message: expect.stringMatching(words) as string,
    });
  });
});

/** A pause that two Regions come to a minute apart. */
function regional(): Turns {
  const turns = new Turns(
    `
- {id: get, title: Get, scope: region, call: box:GetBox}
- {id: rest, title: Let it settle, scope: region, pause: {for: 10m}}
- {id: again, title: Again, call: box:GetBox}`,
    {regions: ['eu-west-1', 'us-east-1']},
  );
  const [first, second] = turns.calls();
  if (first === undefined || second === undefined) throw new Error('two looks were expected');
  turns.answer(first, {});
  turns.turn();
  turns.pass(minute);
  turns.answer(second, {});
  turns.turn();
  return turns;
}

describe('a pause in Regions', () => {
  it('begins in each when that Region has come to it, and the account waits for the last', () => {
    const turns = regional();
    turns.pass(9 * minute);
    expect(turns.calls()).toEqual([]);
    expect(turns.lane('eu-west-1').results['rest']).toBeDefined();
    turns.pass(minute);
    expect(turns.call().intent).toMatchObject({step: 'again'});
  });

  it('is said with the time of each, and of the last for all', () => {
    const {state, now} = regional();
    const [home] = [...state.lanes];
    if (home === undefined) throw new Error('no Region');
    expect(regionNow(state, home, now).text).toBe(`goes on at ${moment(10 * minute, now)}`);
    expect(waitingFor(state, now).because).toBe(`the last goes on at ${moment(11 * minute, now)}, in 10:00`);
  });
});

it('a pause says when it goes on, never that it gives up, and promises nothing while the operator holds the run', () => {
  const turns = pausing('for: 10m');
  turns.turn();
  const said = waitingFor(turns.state, turns.now);
  expect(said.text).toBe('Let it settle');
  expect(said.because).toBe(`goes on at ${moment(10 * minute, turns.now)}, in 10:00`);
  turns.record([{type: 'paused', why: 'operator'}]);
  expect(waitingFor(turns.state, turns.now).because).toContain('goes on not before');
});
