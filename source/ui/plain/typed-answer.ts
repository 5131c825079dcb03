import type {Question} from '../../engine/model/events.ts';
import type {Answer} from '../../engine/model/ports.ts';
import {lineText} from '../../text/line.ts';
import {promptLine, wantsText} from '../question/prompt-text.ts';
import {insert, insertPaste, press, type Reply, type ReplyKey} from '../question/reply.ts';
import type {InputEvent} from '../terminal/input-event.ts';

/** Says how a question is answered by a typed line, the way out included. */
export function prompt(question: Question): string {
  const text = lineText(promptLine(question));
  return wantsText(question) ? `${text} (no declines)` : text;
}

/** Reads a typed line as the answer to a question, or as a mistake with a hint. */
export function answerFrom(
  question: Question,
  reply: Reply,
): {readonly answer: Answer} | {readonly hint: string} {
  const outcome = press(question, reply, 'submit');
  if ('answer' in outcome) return outcome;
  // Where a name has to be typed, a plain no is the way out.
  if (/^no?$/i.test(reply.typed)) return {answer: {accepted: false, by: 'terminal'}};
  return {hint: outcome.hint ?? ''};
}

/** Keys that change a typed line, or leave it. */
const editing: Readonly<Record<string, ReplyKey>> = {
  backspace: 'erase',
  'ctrl-w': 'erase-word',
  'ctrl-u': 'clear',
  escape: 'back',
  // Multiplexers join Esc and a following Enter.
  'alt-enter': 'decline',
};

/** The reply after any input but Enter. */
export function edited(
  question: Question,
  reply: Reply,
  event: Extract<InputEvent, {kind: 'key' | 'paste'}>,
): Reply | {readonly answer: Answer} {
  if (event.kind === 'paste') return insertPaste(reply, event.text);
  const key = editing[event.name] ?? (event.name.startsWith('alt-') ? 'back' : undefined);
  if (key !== undefined) return press(question, reply, key);
  return event.text === undefined ? reply : insert(reply, event.text);
}
