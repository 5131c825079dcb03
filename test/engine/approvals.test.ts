import {assert, constantFrom, property} from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {PlannedChange} from '../../source/engine/model/events.ts';
import {evolve, initialState} from '../../source/engine/evolve/evolve.ts';
import type {RunState} from '../../source/engine/model/state.ts';
import {approvalsOf, changesDigest, strictest, whyNoApproval} from '../../source/engine/queries/approvals.ts';

const change = (target: string, more: Partial<PlannedChange> = {}): PlannedChange => ({
  step: 'delete',
  title: 'Delete',
  operation: 'iam:DeleteRole',
  target,
  request: {RoleName: target},
  ...more,
});

const started = {
  type: 'run-started',
  identity: {account: '1', arn: 'arn:aws:sts::123456789012:assumed-role/ops/kim', partition: 'aws'},
} as unknown as NonNullable<RunState['started']>;
const state: RunState = {...initialState, started};

describe('the digest of changes', () => {
  it('does not depend on the order, and does on everything else that is sent', () => {
    const [one, two] = [change('a'), change('b')];
    const digest = changesDigest([one, two]);
    expect(changesDigest([two, one])).toBe(digest);
    for (const other of [
      [one],
      [one, one, two],
      [one, change('c')],
      [one, change('b', {region: 'eu-west-1'})],
      [one, change('b', {request: {RoleName: 'b', Path: '/'}})],
      [one, change('b', {operation: 'iam:UpdateRole'})],
    ]) {
      expect(changesDigest(other)).not.toBe(digest);
    }
  });
});

describe('who approves', () => {
  const names = [
    'ops/kim',
    'user/kim',
    'KIM',
    'kim@example.com',
    'ops/kim with --yes',
    'other/Kim@example.com',
  ];

  it.each(names)('%s is the caller, who does not count where it says so', (by) => {
    expect(whyNoApproval(state, {needed: 2, notCaller: true, given: []}, by)).toBe('caller');
    expect(whyNoApproval(state, {needed: 2, given: []}, by)).toBeUndefined();
    const resumed: RunState = {...state, started: undefined as never, resumedBy: [by]};
    expect(whyNoApproval(resumed, {needed: 1, notCaller: true, given: []}, 'ops/kim')).toBe('caller');
  });

  it('nobody counts twice, under any two of these names', () => {
    assert(
      property(constantFrom(...names.slice(0, 3)), constantFrom(...names), (one, other) => {
        const approvals = {needed: 2, given: [{by: one, at: 1}]};
        expect(whyNoApproval(state, approvals, other)).toBe('given');
      }),
    );
  });

  it.each(['ops/lee', 'kim2', 'kimberly@example.com', 'kim/lee'])('%s is another person', (by) => {
    expect(whyNoApproval(state, {needed: 2, notCaller: true, given: []}, by)).toBeUndefined();
  });

  it('tells two addresses with one local part apart', () => {
    const approvals = {needed: 2, given: [{by: 'sam@a.example', at: 1}]};
    expect(whyNoApproval(state, approvals, 'sam@b.example')).toBeUndefined();
  });
});

it('takes the stricter of two rules, and none for one person', () => {
  expect(strictest({needed: 1}, undefined)).toBeUndefined();
  expect(strictest({needed: 3}, {needed: 2, notCaller: true})).toEqual({needed: 3, notCaller: true});
});

it('keeps approvals of the same changes only', () => {
  const given = (changes: readonly PlannedChange[]) =>
    approvalsOf(approved, {needed: 2}, {step: 'ask', changes})?.given;
  const approved = evolve(state, {
    type: 'approved',
    step: 'ask',
    by: 'ops/lee',
    digest: changesDigest([change('a')]),
    changes: 1,
    number: 1,
    needed: 2,
    at: 5,
  });
  expect(given([change('a')])).toEqual([{by: 'ops/lee', at: 5}]);
  expect(given([change('a'), change('b')])).toEqual([]);
  const askedAgain = evolve(approved, {
    type: 'asked',
    question: {kind: 'confirm', step: 'ask', message: '', changes: [change('b')]},
    at: 6,
  });
  // Void is void: going back to the first plan does not bring it back.
  expect(approvalsOf(askedAgain, {needed: 2}, {step: 'ask', changes: [change('a')]})?.given).toEqual([]);
});
