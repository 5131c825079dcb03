import type {Question} from '../../engine/model/events.ts';
import type {Answer, OperatorPort} from '../../engine/model/ports.ts';
import type {GivenAnswers} from '../../cli/answer-options.ts';

/** Asks the command line first, and the view only for what is still open. */
export function operatorWith(given: GivenAnswers, view: OperatorPort): OperatorPort {
  return {
    ask: async (question, signal) => answerFrom(given, question) ?? view.ask(question, signal),
  };
}

function answerFrom(given: GivenAnswers, question: Question): Answer | undefined {
  // Whether a lost call is made again, or which code a device shows, nobody can know in advance.
  if (question.kind === 'resend' || question.kind === 'code') return undefined;
  const wanted = question.kind === 'type-text' ? question.typeToConfirm : undefined;
  if (given.everything) return {accepted: true, by: 'demo', ...(wanted === undefined ? {} : {typed: wanted})};
  if (wanted === undefined) return given.yes ? {accepted: true, by: '--yes'} : undefined;
  if (given.confirm.includes(wanted)) return {accepted: true, by: '--confirm', typed: wanted};
  const typed = given.confirm[0];
  if (typed === undefined) return undefined;
  return {accepted: false, by: '--confirm', typed, missing: `--confirm ${JSON.stringify(wanted)}`};
}
