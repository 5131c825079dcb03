import {expect, it} from 'vitest';
import type {Event} from '../../../source/engine/model/events.ts';
import type {RunState} from '../../../source/engine/model/state.ts';
import type {Engine} from '../../../source/host/engine.ts';
import type {History} from '../../../source/host/messages.ts';
import {attach} from '../../../source/runs/host/attach.ts';
import {programOf, runStarted} from '../../engine/turns.ts';
import {virtualClock} from '../../engine/virtual-clock.ts';
import {recordingView} from '../../support/recording-view.ts';

const waiting = programOf(
  "  - {id: wait, title: Wait, waitUntil: {call: box:GetBox, minDelay: 5, maxDelay: 5, maxWaitTime: 900, acceptors: [{state: success, matcher: {output: {path: ready, expected: 'yes', comparator: stringEquals}}}]}}",
);

function poll(call: number, at: number): readonly Event[] {
  const intent = {step: 'wait', item: '', phase: 'poll', operation: 'box:GetBox', effect: 'read'} as const;
  return [
    {type: 'call-started', call, ...intent, attempt: 1, page: 1, input: {}, at},
    {type: 'call-succeeded', call, ms: 1, nextPollAt: at + 5000, summary: 'no', at},
  ];
}

it('an attached terminal shows when a wait was last looked at, though that poll is no record, and keeps the records as they are', async () => {
  const records: readonly Event[] = [
    runStarted(waiting),
    {type: 'step-started', step: 'wait', items: [{key: '', value: null}], deadline: 900_000, at: 0},
    ...poll(1, 1000),
  ];
  const at = {batches: 1, records: records.length, head: '', status: 'running'} as const;
  const end: Event = {type: 'run-ended', status: 'failed', message: 'over', at: 9000};
  const answers: readonly History[] = [
    {at, batches: [records]},
    {at: {...at, polls: 7}, batches: [], polls: poll(2, 6000)},
    {at: {...at, polls: 7}, batches: []},
    {at: {...at, batches: 2, status: 'failed', polls: 7}, batches: [[end]]},
  ];
  const asked: (number | undefined)[] = [];
  const engine = {
    url: 'http://engine',
    history: async (_run: string, _from: number, _most?: number, polls?: number) => {
      asked.push(polls);
      return answers[asked.length - 1] ?? {batches: []};
    },
  } as Engine;
  const looks: (number | undefined)[] = [];
  const view = recordingView(undefined, (state: RunState) => {
    const [item] = state.account.current?.items ?? [];
    looks.push(item?.polledAt);
  });
  const never = new AbortController().signal;
  const stopper = {interruption: {gently: never, atOnce: never}, stop: () => {}, release: () => {}};
  const clock = virtualClock(0);
  let exit: number | undefined;
  const over = (async () => {
    exit = await attach({engine, run: 'turns', by: 'kim'}, {view, stopper, clock, env: {}});
  })();
  await clock.passUntil(() => exit !== undefined);
  await over;
  expect(looks.slice(0, 2)).toEqual([1000, 6000]);
  expect(asked).toEqual([0, 0, 7, 7]);
  expect(view.events).toEqual([...records, end]);
});
