import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {CallAction} from '../../source/engine/model/decision.ts';
import type {Event, RunQuestion} from '../../source/engine/model/events.ts';
import type {CallOutcome, CallRequest} from '../../source/engine/model/ports.ts';
import {evolve, initialState} from '../../source/engine/evolve/evolve.ts';
import {noLists} from '../../source/engine/respond/list-reader.ts';
import {turn, type Arrival, type RunTurn, type Standing} from '../../source/engine/turn.ts';
import {seeded} from '../crash/random.ts';
import {frozen} from './frozen.ts';
import {programOf, runStarted} from './turns.ts';

const program = programOf(`
  - {id: list, title: List, scope: region, call: box:ListBoxes, output: "\${{ boxes }}"}
  - {id: whole, title: Whole, scope: region, call: box:ListBoxes, output: "\${{ length(boxes) }}"}
  - {id: agree, title: Agree, confirm: {message: Agree., typeToConfirm: boxes}}
  - {id: ship, title: Ship, scope: region, forEach: "\${{ steps.list.output }}", call: box:ShipBox}
  - {id: open, title: Open, call: box:OpenBox}`);
const first = runStarted(program, {regions: ['eu-west-1', 'eu-west-2', 'eu-west-3']});

/** What AWS answers depends on the request alone: three pages of boxes in each Region, one without any box. */
function answerTo({operation, region = '', input}: CallRequest): CallOutcome {
  if (operation !== 'box:ListBoxes') return {ok: true, output: {}, ms: 1, unmodeled: []};
  const page = Number(input['nextToken'] ?? 1);
  const boxes = page === 2 ? [] : [`${region} ${page}`];
  const more = page < 3 ? {nextToken: String(page + 1)} : {};
  return {ok: true, output: {boxes}, ms: 1, unmodeled: [], ...more};
}

interface Run {
  readonly events: readonly Event[];
  readonly standing: Standing;
}

/** Plays a run whose news arrives in an order, and in batches, that a seed decides. Some of it comes twice. */
function played(seed: number): Run {
  const random = seeded(seed);
  const chance = {random: () => 0.5, token: () => 'token'};
  let standing: Standing = {state: evolve(initialState, first), lists: noLists};
  const events: Event[] = [];
  const waiting: Arrival[] = [];
  let asked: RunQuestion | undefined;
  for (let turns = 0; standing.state.ended === undefined; turns += 1) {
    if (turns > 500) throw new Error('the run has not ended');
    const took = random() < 0.2 ? waiting.length : Math.floor(random() * waiting.length);
    const arrivals = waiting.splice(0, Math.max(1, took));
    const next = turn(program, frozen(standing), arrivals, 0, chance);
    events.push(...next.batch);
    standing = next;
    for (const arrival of newsAbout(next, asked)) {
      for (let copies = random() < 0.3 ? 2 : 1; copies > 0; copies -= 1) {
        waiting.splice(Math.floor(random() * (waiting.length + 1)), 0, arrival);
      }
    }
    asked = next.state.question;
  }
  return {events, standing};
}

function newsAbout({calls, state}: RunTurn, asked: RunQuestion | undefined): readonly Arrival[] {
  const outcomes = calls.map(({action, request}): Arrival => ({
    kind: 'outcome',
    action,
    outcome: answerTo(request),
  }));
  const {question} = state;
  if (question === undefined || question === asked) return outcomes;
  const answers = ['box', 'boxes'].map((typed): Arrival => ({
    kind: 'answer',
    question,
    answer: {accepted: true, by: 'kim', typed},
  }));
  return [...outcomes, ...answers];
}

/** What happened in each lane, in its order. Numbers of calls follow the order of arrivals. */
function byLane(events: readonly Event[]): Readonly<Record<string, readonly unknown[]>> {
  const regionOf = new Map<number, string>();
  const lanes: Record<string, unknown[]> = {};
  for (const event of events) {
    if (event.type === 'call-started') regionOf.set(event.call, event.region ?? 'account');
    const called = 'call' in event ? regionOf.get(event.call) : undefined;
    const lane = called ?? ('region' in event ? event.region : undefined) ?? 'account';
    const {call: _, ...rest} = {call: 0, ...event};
    (lanes[lane] ??= []).push(rest);
  }
  return lanes;
}

describe('a turn', () => {
  it('leads to the same in each lane, however the same news is ordered, batched and repeated', () => {
    const one = byLane(played(1).events);
    expect(Object.keys(one).sort()).toEqual(['account', 'eu-west-1', 'eu-west-2', 'eu-west-3']);
    fc.assert(
      fc.property(fc.integer({min: 2, max: 1_000_000}), (seed) => {
        expect(byLane(played(seed).events)).toEqual(one);
      }),
      {numRuns: 60},
    );
  });

  it('leaves what it was given as it was, and no list under way behind a run', () => {
    const {standing, events} = played(7);
    expect(standing.lists.size).toBe(0);
    expect(standing.state.ended).toMatchObject({status: 'done'});
    expect(events.filter(({type}) => type === 'answered')).toMatchObject([{by: 'kim', typed: 'boxes'}]);
  });
});

describe('an arrival', () => {
  const chance = {random: () => 0.5, token: () => 'token'};
  const start = (): RunTurn =>
    turn(program, {state: evolve(initialState, first), lists: noLists}, [], 0, chance);

  it('of a call that has its outcome is nothing', () => {
    const began = start();
    const [call] = began.calls;
    if (call === undefined) throw new Error('nothing was called');
    const arrival: Arrival = {kind: 'outcome', action: call.action, outcome: answerTo(call.request)};
    const once = turn(program, began, [arrival], 0, chance);
    const twice = turn(program, once, [arrival], 0, chance);
    expect(twice.batch).toEqual([]);
    expect(twice).toMatchObject({state: once.state, lists: once.lists, calls: []});
  });

  it('of a call that was never made is nothing', () => {
    const began = start();
    const intent: CallAction['intent'] | undefined = began.calls[0]?.action.intent;
    if (intent === undefined) throw new Error('nothing was called');
    const request: CallRequest = {operation: 'box:ListBoxes', input: {}};
    const action: CallAction = {intent: {...intent, call: 99}, request};
    const next = turn(program, began, [{kind: 'outcome', action, outcome: answerTo(request)}], 0, chance);
    expect(next.batch).toEqual([]);
  });
});

function answer(to: RunQuestion, typed: string, by: string): Arrival {
  return {kind: 'answer', question: to, answer: {accepted: true, by, typed}};
}

describe('an answer', () => {
  const agree = programOf(`
  - {id: agree, title: Agree, confirm: {message: Agree., typeToConfirm: boxes}}
  - {id: open, title: Open, call: box:OpenBox}`);
  const chance = {random: () => 0.5, token: () => 'token'};
  const state = evolve(initialState, runStarted(agree, {regions: []}));
  const asked = turn(agree, {state, lists: noLists}, [], 0, chance);
  const {question} = asked.state;
  if (question === undefined) throw new Error('nothing was asked');
  it('with another text than the one to type is nothing: the question stays open', () => {
    const next = turn(agree, asked, [answer(question, 'box', 'kim')], 0, chance);
    expect(next.batch).toEqual([]);
    expect(next.state.question).toBe(question);
  });

  it('to a question that is not the open one is nothing', () => {
    const next = turn(agree, asked, [answer({...question}, 'boxes', 'kim')], 0, chance);
    expect(next.batch).toEqual([]);
  });

  it('that comes second is nothing, even a no', () => {
    const no: Arrival = {kind: 'answer', question, answer: {accepted: false, by: 'lee'}};
    const next = turn(agree, asked, [answer(question, 'boxes', 'kim'), no], 0, chance);
    expect(next.batch.filter(({type}) => type === 'answered')).toMatchObject([{by: 'kim'}]);
    expect(next.calls).toHaveLength(1);
    expect(next.state.ended).toBeUndefined();
  });
});
