import type {Question} from '../../engine/model/events.ts';
import type {Answer} from '../../engine/model/ports.ts';
import {lineText} from '../../text/line.ts';
import {promptLine, wantsText} from '../question/prompt-text.ts';
import {noReply, press} from '../question/reply.ts';

/** Says how a question is answered by a typed line, the way out included. */
export function prompt(question: Question): string {
  const text = lineText(promptLine(question));
  return wantsText(question) ? `${text} (no declines)` : text;
}

/** Reads a typed line as the answer to a question, or as a mistake with a hint. */
export function answerFrom(
  question: Question,
  typed: string,
): {readonly answer: Answer} | {readonly hint: string} {
  const outcome = press(question, {...noReply, typed}, 'submit');
  if ('answer' in outcome) return outcome;
  // Where a name has to be typed, a plain no is the way out.
  if (/^no?$/i.test(typed)) return {answer: {accepted: false, by: 'terminal'}};
  return {hint: `${outcome.hint ?? ''} ${prompt(question)}`};
}
