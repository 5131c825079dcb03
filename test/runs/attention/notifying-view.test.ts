import {expect, it} from 'vitest';
import {initialState} from '../../../source/engine/evolve/evolve.ts';
import type {RunQuestion} from '../../../source/engine/model/events.ts';
import type {Answer} from '../../../source/engine/model/ports.ts';
import {notifying, unansweredMs} from '../../../source/runs/attention/notifying-view.ts';
import {recordingView} from '../../support/recording-view.ts';
import {Sleepers} from '../../support/sleepers.ts';

const question: RunQuestion = {
  kind: 'type-text',
  step: 'approve',
  message: 'The role goes. ',
  typeToConfirm: 'AWSServiceRole',
  changes: [{step: 'delete', title: 'Delete', operation: 'iam:DeleteServiceLinkedRole', target: ''}],
};

function asked() {
  const sleepers = new Sleepers();
  let now = 1_000_000;
  const told: unknown[] = [];
  const {promise, resolve} = Promise.withResolvers<Answer>();
  const view = notifying({...recordingView(), ask: () => promise}, (line) => told.push(line), {
    now: () => now,
    until: sleepers.until,
  });
  const pass = async (ms: number): Promise<void> => {
    now += ms;
    sleepers.wakeDue(now);
    await Promise.resolve();
    await Promise.resolve();
  };
  const answer = view.ask(question, new AbortController().signal);
  return {told, pass, view, answer: async () => (resolve({accepted: true, by: 'kim'}), answer)};
}

it('calls nobody to a question that is answered soon', async () => {
  const {told, pass, answer} = asked();
  await pass(unansweredMs - 1);
  await answer();
  await pass(unansweredMs);
  expect(told).toEqual([]);
});

it('calls somebody once to a question that waits, with what must be typed and how much it changes', async () => {
  const {told, pass, answer} = asked();
  await pass(unansweredMs);
  await pass(unansweredMs);
  expect(told).toMatchObject([
    {kind: 'question', text: 'A decision waits: The role goes.', typeToConfirm: 'AWSServiceRole', changes: 1},
  ]);
  await answer();
});

it('tells that a run stopped which could not begin', async () => {
  const told: unknown[] = [];
  const view = notifying(recordingView(), (line) => told.push(line), {now: () => 0, until: async () => {}});
  await view.close({state: initialState, error: 'no credentials'});
  expect(told).toMatchObject([{kind: 'stopped', run: null, text: 'Stopped: no credentials'}]);
});
