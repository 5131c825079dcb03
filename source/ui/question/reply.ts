import {difference} from './difference.ts';
import type {Question} from '../../engine/model/events.ts';
import {ownOf} from './prompt-text.ts';
import type {Approvals} from '../../engine/model/happenings/approval.ts';
import type {Answer} from '../../engine/model/ports.ts';

/** The operator's reply to a question so far. */
export interface Reply {
  readonly typed: string;
  /** Esc was pressed: Enter declines, any other key goes back to the question. */
  readonly leaving: boolean;
  /** A notice about the last key. */
  readonly hint?: string;
}

export const noReply: Reply = {typed: '', leaving: false};

/** Actions on a reply. */
export type ReplyKey = 'submit' | 'back' | 'decline' | 'erase' | 'erase-word' | 'clear';

/** Longest text that can be typed. */
const longest = 256;

/**
 * A key's effect on a reply: a further reply or the answer. Nothing is ever confirmed by a single key: Enter alone
 * does nothing, and neither does any text without Enter.
 */
export function press(question: Question, reply: Reply, key: ReplyKey): Reply | {readonly answer: Answer} {
  const {typed, leaving} = reply;
  if (key === 'decline' || (leaving && key === 'submit')) {
    return {answer: {accepted: false, by: 'terminal'}};
  }
  if (leaving) return {typed, leaving: false};
  switch (key) {
    case 'submit':
      return submit(question, reply);
    case 'back':
      return {typed, leaving: true};
    case 'erase':
      return {typed: Array.from(typed).slice(0, -1).join(''), leaving: false};
    case 'erase-word':
      return {typed: typed.replace(/\S*\s*$/, ''), leaving: false};
    case 'clear':
      return noReply;
  }
}

/** Puts typed text into the reply. One that holds more than it shows is refused, and nothing of it stays. */
export function insert({typed, leaving}: Reply, text: string): Reply {
  if (leaving) return {typed, leaving: false};
  if (/[\p{C}\p{Zl}\p{Zp}]/u.test(text)) {
    return {
      ...noReply,
      hint: 'Refused: that text holds control characters or a line break. Type it.',
    };
  }
  return {typed: (typed + text).slice(0, longest), leaving: false};
}

/** Puts pasted text into the reply. A line break at its end is left out: a paste never sends itself. */
export function insertPaste(reply: Reply, text: string): Reply {
  const kept = text.replace(/[\r\n]+$/, '');
  const next = insert(reply, kept);
  if (kept === text || next.hint !== undefined || reply.leaving) return next;
  return {...next, hint: 'The line break at the end was left out: Enter sends it.'};
}

/** Why a yes here does not approve. */
const hints: Readonly<Record<NonNullable<Approvals['own']>, string>> = {
  given: 'You approved already: another person has to. n declines.',
  caller: 'The caller of the run does not count: another person has to approve. n declines.',
  unsigned: 'Only signed approvals count: handrail approve RUN --sign KEY, in another terminal. n declines.',
};

function submit(question: Question, reply: Reply): Reply | {readonly answer: Answer} {
  const {typed} = reply;
  if (typed === '') return {...reply, hint: 'Enter alone does nothing.'};
  const own = ownOf(question);
  if (own !== undefined) {
    if (/^no?$/i.test(typed)) return {answer: {accepted: false, by: 'terminal'}};
    return {...noReply, hint: hints[own]};
  }
  switch (question.kind) {
    case 'type-text':
    case 'waiver':
    case 'second-run':
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
