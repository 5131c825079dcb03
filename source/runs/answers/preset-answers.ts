import type {Question} from '../../engine/model/events.ts';
import type {Answer, OperatorPort} from '../../engine/model/ports.ts';
import type {GivenAnswers} from '../../cli/answer-options.ts';

/**
 * Asks the command line first, and the view only for open questions. Every answer names `who`, the caller in
 * few words: the journal says who agreed, not where.
 */
export function operatorWith(given: GivenAnswers, view: OperatorPort, who: string): OperatorPort {
  return {
    ask: async (question, signal) =>
      answerFrom(given, question, who) ?? namedAnswer(await view.ask(question, signal), who),
  };
}

function namedAnswer(answer: Answer, who: string): Answer {
  return answer.by === 'terminal' ? {...answer, by: who} : answer;
}

function answerFrom(given: GivenAnswers, question: Question, who: string): Answer | undefined {
  // A resend or a device's code cannot be answered in advance.
  if (question.kind === 'resend' || question.kind === 'code') return undefined;
  // What this caller cannot approve is not answered in advance either: others are waited for.
  if ('approvals' in question && question.approvals?.own !== undefined) return undefined;
  if (question.kind === 'second-run') {
    return given.secondRun === true
      ? {accepted: true, by: `${who} with --second-run`, typed: question.typeToConfirm}
      : undefined;
  }
  const wanted = question.kind === 'type-text' ? question.typeToConfirm : undefined;
  if (given.everything) return {accepted: true, by: 'demo', ...(wanted === undefined ? {} : {typed: wanted})};
  if (wanted === undefined) return given.yes ? {accepted: true, by: `${who} with --yes`} : undefined;
  if (given.confirm.includes(wanted)) return {accepted: true, by: `${who} with --confirm`, typed: wanted};
  const typed = given.confirm[0];
  if (typed === undefined) return undefined;
  return {
    accepted: false,
    by: `${who} with --confirm`,
    typed,
    missing: `--confirm ${JSON.stringify(wanted)}`,
  };
}
