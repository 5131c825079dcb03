import {difference} from './difference.ts';
import type {Question} from '../../engine/model/events.ts';
import type {Answer} from '../../engine/model/ports.ts';
import type {Action} from '../keyboard/bindings.ts';

/** What the operator has done so far about a question. */
export interface Reply {
  readonly typed: string;
  /** Esc was pressed: Enter declines, any other key goes back to the question. */
  readonly leaving: boolean;
  /** What the operator should know about the last key. */
  readonly hint?: string;
}

export const noReply: Reply = {typed: '', leaving: false};

/** Longest text that can be typed. */
const longest = 256;

/**
 * A key's effect on a reply: a further reply or the answer. Nothing is ever confirmed by a single key: Enter alone
 * does nothing, and neither does any text without Enter.
 */
export function press(
  question: Question,
  reply: Reply,
  action: Action | undefined,
  input: string,
): Reply | {readonly answer: Answer} {
  const {typed} = reply;
  if (reply.leaving) {
    return action === 'submit' ? {answer: {accepted: false, by: 'terminal'}} : {typed, leaving: false};
  }
  switch (action) {
    case 'submit':
      return submit(question, reply);
    case 'back':
      return {typed, leaving: true};
    case 'erase':
      return {typed: Array.from(typed).slice(0, -1).join(''), leaving: false};
    case 'clear':
      return noReply;
    case undefined:
      return insert(reply, input);
    default:
      return reply;
  }
}

/** Puts text into the reply, typed or pasted; text that holds more than it shows is refused as a whole. */
export function insert(reply: Reply, text: string): Reply {
  const {typed} = reply;
  if (/[\p{C}\p{Zl}\p{Zp}]/u.test(text)) {
    return {
      typed,
      leaving: false,
      hint: 'Refused: that text holds control characters or a line break. Type it.',
    };
  }
  return {typed: (typed + text).slice(0, longest), leaving: false};
}

function submit(question: Question, reply: Reply): Reply | {readonly answer: Answer} {
  const {typed} = reply;
  if (typed === '') return {...reply, hint: 'Enter alone does nothing.'};
  switch (question.kind) {
    case 'type-text':
      return typed === question.typeToConfirm
        ? {answer: {accepted: true, by: 'terminal', typed}}
        : {...reply, hint: difference(typed, question.typeToConfirm)};
    case 'code':
      return /^[0-9]{6}$/.test(typed)
        ? {answer: {accepted: true, by: 'terminal', typed}}
        : {...reply, hint: 'A code is six digits, and nothing else.'};
    case 'confirm':
    case 'resend':
      if (/^y(es)?$/i.test(typed)) return {answer: {accepted: true, by: 'terminal'}};
      if (/^no?$/i.test(typed)) return {answer: {accepted: false, by: 'terminal'}};
      return {...reply, hint: 'Type y or n.'};
  }
}
