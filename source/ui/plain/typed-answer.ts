import type {Question} from '../../engine/model/events.ts';
import type {Answer} from '../../engine/model/ports.ts';
import {lineText} from '../../text/line.ts';
import {promptLine, wantsText} from '../question/prompt-text.ts';
import type {HelpSection} from '../keyboard/key-table.ts';
import {insert, insertPaste, press, type Reply} from '../question/reply.ts';
import {replyKeys} from '../question/reply-keys.ts';
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

/** The keys of a question in lines. */
export const lineKeys: HelpSection = {
  title: 'A decision in line mode',
  bindings: [
    ...replyKeys,
    {shown: 'Ctrl-D', help: 'decline'},
    {shown: 'Ctrl-C', help: 'stop without an answer'},
    {shown: 'Ctrl-Z', help: 'suspend; fg comes back'},
  ],
};

/** The reply after any input but Enter. */
export function edited(
  question: Question,
  reply: Reply,
  event: Extract<InputEvent, {kind: 'key' | 'paste'}>,
): Reply | {readonly answer: Answer} {
  if (event.kind === 'paste') return insertPaste(reply, event.text);
  const row = replyKeys.find(({keys}) => keys.includes(event.name));
  const key = row?.does ?? (event.name.startsWith('alt-') ? 'back' : undefined);
  if (key !== undefined) return press(question, reply, key);
  return event.text === undefined ? reply : insert(reply, event.text);
}
