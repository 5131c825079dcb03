import {describe, expect, it} from 'vitest';
import {evolveAll, initialState} from '../../source/engine/evolve/evolve.ts';
import {liveFromLook} from '../../source/engine/live-from-look.ts';
import type {Event, StepOutline} from '../../source/engine/model/events.ts';

const look = {run: 'look', head: 'f00d'};
const found: StepOutline = {id: 'find', title: 'Find it', scope: 'account', does: 'look'};
const rest: StepOutline = {id: 'rest', title: 'Let it rest', scope: 'account', does: 'pause'};
const stop: StepOutline = {id: 'stop', title: 'Stop it', scope: 'account', does: 'change'};

/** A look that has ended before its change. */
function looked(...steps: readonly StepOutline[]): readonly Event[] {
  const before = steps.filter(({does}) => does !== 'change');
  return [
    {
      type: 'run-started',
      at: 1,
      run: look.run,
      runbook: {name: 'it', title: 'It', file: 'it.yaml', text: '', sha256: ''},
      steps,
      inputs: {},
      mode: 'plan',
      simulation: false,
      identity: {
        account: '000000000012',
        arn: 'arn:aws:iam::000000000012:user/kim',

        partition: 'aws',
      },
      regions: [],
      regionSource: 'named',
      notes: [],
      versions: {},
    },
    ...before.map(({id}, index): Event => ({type: 'step-succeeded', at: 2 + index, step: id, output: true})),
    {type: 'asked', at: 9, question: {kind: 'confirm', step: 'stop', message: 'Stop it', changes: []}},
    {type: 'run-ended', at: 9, status: 'planned', message: '1 change would be made'},
  ];
}

describe('a run that goes on from a look', () => {
  it('has seen all that the look has, and stands before its question', () => {
    const records = liveFromLook(looked(found, stop), 'run', look) ?? [];
    const {started, ended, question, account} = evolveAll(initialState, records);
    expect(started).toMatchObject({run: 'run', mode: 'live', look});
    expect([ended, question]).toEqual([undefined, undefined]);
    expect([account.results['find']?.status, account.next]).toEqual(['succeeded', 1]);
  });

  it('is none where the look passed over a pause, which a run makes', () => {
    expect(liveFromLook(looked(found, rest, stop), 'run', look)).toBeUndefined();
  });

  it('is none where the look did not come to its end, or an answer is missing', () => {
    const events = looked(found, stop);
    expect(liveFromLook(events.slice(0, -1), 'run', look)).toBeUndefined();
    const asked: Event = {
      type: 'call-started',
      at: 8,
      call: 1,
      step: 'find',
      item: '',
      phase: 'call',
      operation: 'iam:GetRole',
      effect: 'read',
      attempt: 1,
      page: 1,
      input: {},
    };
    expect(liveFromLook([...events.slice(0, -1), asked, ...events.slice(-1)], 'run', look)).toBeUndefined();
  });
});
