import {defined} from '../../data/defined.ts';
import type {Happening, RunQuestion} from '../model/events.ts';
import type {Answer} from '../model/ports.ts';
import type {RunState} from '../model/state.ts';
import {changesDigest, whyNoApproval} from '../queries/approvals.ts';

/**
 * The events of an operator's answer: none unless it is to the open question, and has the text that is to be typed. So
 * the first valid answer counts, and later ones are nothing.
 */
export function answerEvents(state: RunState, question: RunQuestion, answer: Answer): readonly Happening[] {
  if (state.question !== question || !isValid(question, answer)) return [];
  if (!answer.accepted) return refusal(question, answer);
  const approval = approvalBy(state, question, answer);
  if (approval === undefined) return accepted(state, question, answer);
  if (approval === 'none') return [];
  if (approval.number < approval.needed) return [approval];
  const people = [...(question.approvals?.given ?? []), answer].map(({by}) => by);
  return [approval, ...accepted(state, question, {...answer, by: people.join(', ')})];
}

/** The approval that a yes amounts to: `none` where it does not count; undefined where one yes is enough. */
function approvalBy(
  state: RunState,
  {step, changes, approvals}: RunQuestion,
  {by, typed, head, signature}: Extract<Answer, {accepted: true}>,
): Extract<Happening, {type: 'approved'}> | 'none' | undefined {
  if (approvals === undefined) return undefined;
  if (whyNoApproval(state, approvals, by, signature !== undefined) !== undefined) return 'none';
  return {
    type: 'approved',
    step,
    by,
    digest: changesDigest(changes),
    changes: changes.length,
    number: approvals.given.length + 1,
    needed: approvals.needed,
    ...defined({typed, head, signature}),
  };
}

function accepted(
  {steps}: RunState,
  {step, kind}: RunQuestion,
  {by, typed}: Extract<Answer, {accepted: true}>,
): readonly Happening[] {
  const answered = {type: 'answered' as const, step, accepted: true, by, ...defined({typed})};
  // A change that was asked about at its own step is made now; a confirmation has nothing more to do.
  const confirms = steps.some(({id, does}) => id === step && does === 'confirm');
  if (kind === 'resend' || !confirms) return [answered];
  return [answered, {type: 'step-succeeded', step, output: true, summary: 'confirmed'}];
}

function refusal(
  {step}: RunQuestion,
  {by, typed, missing}: Extract<Answer, {accepted: false}>,
): readonly Happening[] {
  const answered = {type: 'answered' as const, step, accepted: false, by, ...defined({typed})};
  if (missing === undefined) {
    return [
      answered,
      {type: 'run-ended', status: 'declined', message: 'the operator said no: nothing more was done'},
    ];
  }
  return [
    {...answered, missing},
    {
      type: 'run-ended',
      status: 'needs-operator',
      message: `nobody is here to confirm: answer with ${missing}`,
    },
  ];
}

/** Returns true if the exact text is typed where one is wanted. */
function isValid(question: RunQuestion, answer: Answer): boolean {
  return !answer.accepted || question.kind !== 'type-text' || answer.typed === question.typeToConfirm;
}
