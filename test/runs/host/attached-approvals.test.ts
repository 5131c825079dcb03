import {expect, it} from 'vitest';
import {lineText} from '../../../source/text/line.ts';
import type {Event, RunQuestion} from '../../../source/engine/model/events.ts';
import {evolveAll, initialState} from '../../../source/engine/evolve/evolve.ts';
import type {Engine} from '../../../source/host/engine.ts';
import {attach} from '../../../source/runs/host/attach.ts';
import {questionLines} from '../../../source/ui/question/question-lines.ts';
import {recordingView} from '../../support/recording-view.ts';

const identity = {account: '123456789012', arn: 'arn:aws:iam::123456789012:user/kim', partition: 'aws'};
const started = {type: 'run-started', run: 'r1', at: 1, identity, steps: [], regions: []} as unknown as Event;
const question: RunQuestion = {
  kind: 'confirm',
  step: 'consent',
  message: 'Go on?',
  changes: [],
  approvals: {needed: 2, given: []},
};

it('an attached terminal says how another person approves there: by attaching', async () => {
  const events: readonly Event[] = [started, {type: 'asked', question, at: 2}];
  const gently = new AbortController();
  const engine = {
    url: 'http://127.0.0.1:8080',
    history: async (_run: string, from: number) => ({
      at: {batches: 1, records: 2, head: '', status: 'asked' as const},
      batches: from === 0 ? [events] : [],
    }),
  } as unknown as Engine;
  const view = recordingView((asked) => {
    gently.abort('SIGINT');
    return {accepted: false, by: 'nobody', missing: JSON.stringify(asked.kind)};
  });
  const interruption = {gently: gently.signal, atOnce: gently.signal};
  await attach(
    {engine, run: 'r1', by: 'lee'},
    {
      view,
      stopper: {interruption, stop: () => {}, release: () => {}},
      clock: {now: () => 3, until: async () => {}},
      env: {},
    },
  );
  const [asked] = view.questions;
  expect(asked).toBeDefined();
  const lines = questionLines(evolveAll(initialState, events), asked ?? question, 200).map(lineText);
  expect(lines.join('\n')).toContain(
    '0 of 2 approvals, waiting for somebody. In another terminal: handrail attach r1 --engine http://127.0.0.1:8080',
  );
});
