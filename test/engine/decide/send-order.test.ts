import {expect, test} from 'vitest';
import type {CallAction} from '../../../source/engine/model/decision.ts';
import {evolveAll, initialState} from '../../../source/engine/evolve/evolve.ts';
import type {Event} from '../../../source/engine/model/events.ts';
import {sendingOrder} from '../../../source/engine/decide/send-order.ts';

const call = (number: number, region: string): CallAction['intent'] => ({
  type: 'call-started',
  call: number,
  step: 'look',
  region,
  item: '',
  phase: 'call',
  operation: 'imagebuilder:ListImagePipelines',
  effect: 'read',
  attempt: 1,
  page: 1,
  input: {},
});

test('the Region that has needed most calls so far goes first; the others keep their order', () => {
  const regions = ['af-south-1', 'eu-west-1', 'us-east-1', 'us-west-2'];
  const before: readonly Event[] = [
    {type: 'run-started', regions, steps: []} as unknown as Event,
    ...[call(1, 'us-east-1'), call(2, 'us-east-1'), call(3, 'eu-west-1')].map((one) => ({...one, at: 1})),
  ];
  const intents = regions.map((region, index) => call(4 + index, region));
  const calls = intents.map((intent) => ({
    intent,
    request: {operation: intent.operation, region: intent.region ?? '', input: {}},
  }));
  const sent = sendingOrder(calls, evolveAll(initialState, before));
  expect(sent.map(({intent}) => intent.region)).toEqual([
    'us-east-1',
    'eu-west-1',
    'af-south-1',
    'us-west-2',
  ]);
});
