import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {CallAction} from '../../source/engine/model/decision.ts';
import type {Event} from '../../source/engine/model/events.ts';
import {seeded} from '../crash/random.ts';
import {faultOf, Turns} from './turns.ts';

interface Case {
  readonly items: number;
  readonly size: number;
  readonly canary: number;
  readonly pause: number;
  readonly stopAfterFailures: number;
  readonly maxConcurrency: number;
  readonly action: 'call' | 'update';
  readonly seed: number;
  /** One event in so many is trouble. */
  readonly trouble: number;
}

const actions = {
  call: 'call: box:ShipBox\n    with: {boxId: "${{ item }}"}\n    undo: {impossible: gone}',
  update: [
    'update:',
    '      read: box:GetBox',
    '      with: {boxId: "${{ item }}"}',
    '      resource: "${{ @ }}"',
    '      write: box:UpdateBox',
    '      set: {color: red}',
  ].join('\n'),
};

function begun(given: Case): Turns {
  const canary = given.canary === 0 ? '' : `canary: ${given.canary}, `;
  const turns = new Turns(
    `
  - {id: agree, title: Agree, confirm: {message: Sure?}}
  - id: ship
    title: Ship
    forEach: \${{ inputs.boxes }}
    maxConcurrency: ${given.maxConcurrency}
    batch: {${canary}size: ${given.size}, pause: ${given.pause}s, stopAfterFailures: ${given.stopAfterFailures}}
    ${actions[given.action]}`,
    {
      inputs: {boxes: Array.from({length: given.items}, (_, index) => `b${index}`)},
      program: {attended: true},
    },
  );
  turns.agree();
  return turns;
}

/** Plays a step to its end with random answers, crashes and operators. Returns what the boxes are like then. */
function play(given: Case): {readonly turns: Turns; readonly colors: ReadonlyMap<string, string>} {
  const turns = begun(given);
  const random = seeded(given.seed);
  const chance = (): boolean => random() * given.trouble < 1;
  const colors = new Map<string, string>();
  let pending: readonly CallAction[] = [];
  for (let round = 0; turns.state.ended === undefined; round += 1) {
    if (round > 5000) throw new Error('it does not end');
    // After a while nothing goes wrong any more, so that there is an end to compare.
    const calm = round > 500;
    const decision = turns.turn();
    pending = [...pending, ...decision.calls];
    if (decision.ask !== undefined) {
      turns.agree();
      continue;
    }
    if (!calm && chance()) {
      pending = [];
      turns.resume(Math.floor(random() * 40_000));
      continue;
    }
    if (turns.lane().fault !== undefined && pending.length === 0) {
      turns.pass(Math.floor(random() * 40_000));
      turns.command({do: 'retry'});
      continue;
    }
    const call = pending[Math.floor(random() * pending.length)];
    if (call === undefined) {
      if (decision.wakeAt !== undefined) turns.now = Math.max(turns.now, decision.wakeAt);
      continue;
    }
    pending = pending.filter((one) => one !== call);
    turns.pass(Math.floor(random() * 3000));
    const {boxId = ''} = call.request.input as {readonly boxId?: string};
    if (!calm && chance()) {
      turns.refuse(call, random() < 0.5 ? faultOf('throttled', 'Slow') : faultOf('invalid', 'Refused'));
    } else {
      if (call.intent.effect === 'change') colors.set(boxId, 'red');
      turns.answer(call, {boxId, color: colors.get(boxId) ?? 'blue'});
    }
  }
  return {turns, colors};
}

type Started = Extract<Event, {type: 'call-started'}>;

/** Goes through the events of a step in batches, and throws where one must not be. */
function judge(events: readonly Event[], given: Case): void {
  let inBatch = new Set<string>();
  let failed = new Set<string>();
  let resumeAt = 0;
  const done = new Set<string>();
  const canaries = Array.from({length: given.canary}, (_, index) => `b${index}`);
  const mostNow = (): number => (canaries.every((one) => done.has(one)) ? given.size : given.canary);
  const stopped = (): boolean =>
    failed.size >= given.stopAfterFailures || canaries.some((one) => failed.has(one));
  const onCall = (event: Started): void => {
    expect(event.at, 'nothing begins in a pause').toBeGreaterThanOrEqual(resumeAt);
    if (event.phase === 'verify') return;
    expect(stopped(), 'nothing is sent once too many failed').toBe(false);
    inBatch.add(event.item);
    expect(inBatch.size, 'no more than a batch between two pauses').toBeLessThanOrEqual(mostNow());
    if (!canaries.every((one) => done.has(one))) expect(canaries).toContain(event.item);
  };
  for (const event of events) {
    if (event.type === 'call-started') onCall(event);
    if (event.type === 'item-failed') failed.add(event.item);
    if (event.type === 'item-done') {
      done.add(event.item);
      failed.delete(event.item);
    }
    if (event.type === 'resumed' || event.type === 'retried') failed = new Set();
    if (event.type === 'batch-ended') {
      expect(event.resumeAt ?? event.at).toBe(event.at + given.pause * 1000);
      resumeAt = event.resumeAt ?? 0;
      inBatch = new Set();
    }
  }
}

describe('a step in batches', () => {
  it('keeps to its size, its pauses, its canary and its tolerance, whatever fails, crashes or is resumed', () => {
    let pauses = 0;
    let stops = 0;
    fc.assert(
      fc.property(
        fc.record({
          items: fc.integer({min: 1, max: 14}),
          size: fc.integer({min: 1, max: 5}),
          canary: fc.integer({min: 0, max: 3}),
          pause: fc.constantFrom(0, 30, 7),
          stopAfterFailures: fc.integer({min: 1, max: 3}),
          maxConcurrency: fc.integer({min: 1, max: 4}),
          action: fc.constantFrom('call' as const, 'update' as const),
          seed: fc.nat(),
          trouble: fc.constantFrom(4, 10, 40),
        }),
        (given) => {
          const {turns, colors} = play(given);
          judge(turns.events, given);
          expect(turns.state.ended?.status).toBe('done');
          expect(colors.size).toBe(given.items);
          pauses += turns.events.filter((event) => event.type === 'batch-ended').length;
          stops += turns.events.filter((event) => event.type === 'step-failed').length;
        },
      ),
      {numRuns: 400, seed: 1},
    );
    // Otherwise nothing would have been tried.
    expect(pauses).toBeGreaterThan(400);
    expect(stops).toBeGreaterThan(100);
  });
});
