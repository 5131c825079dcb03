import type {Event, RunQuestion} from '../model/events.ts';
import type {RunState} from '../model/state.ts';
import {changesDigest} from '../queries/approvals.ts';

/** A question was put. Approvals of other changes are void for its step. */
export function asked(state: RunState, question: RunQuestion): RunState {
  if (state.approvals === undefined) return {...state, question};
  const digest = changesDigest(question.changes);
  const approvals = state.approvals.filter((one) => one.step !== question.step || one.digest === digest);
  return {...state, question, approvals};
}

/** One more person approved. The question stays open, with one approval more. */
export function approved(state: RunState, event: Extract<Event, {type: 'approved'}>): RunState {
  const {step, digest, by, at, signature} = event;
  const approvals = [
    ...(state.approvals ?? []),
    {step, digest, by, at, ...(signature === undefined ? {} : {signed: true as const})},
  ];
  const {question} = state;
  if (question?.step !== step || question.approvals === undefined) return {...state, approvals};
  const given = [...question.approvals.given, {by, at}];
  return {...state, approvals, question: {...question, approvals: {...question.approvals, given}}};
}
