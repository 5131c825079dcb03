import {approvalsText, awaitedText, lapsedText} from '../../wording/approval-text.ts';
import {calendarStartText, startText} from '../../wording/gate-text.ts';
import type {Question} from '../../engine/model/events.ts';
import type {Identity} from '../../engine/model/identity.ts';
import type {RunState} from '../../engine/model/state.ts';
import {cutMiddle, wrap} from '../../text/width.ts';
import {blank, lineText, lineWidth, span, type Line} from '../../text/line.ts';
import {modeBadges} from '../../wording/run-mode.ts';
import {planLines, planTitle} from '../../wording/decision/change-lines.ts';
import {kindLines} from './kind-lines.ts';
import {promptLine} from './prompt-text.ts';
import type {Reply} from './reply.ts';
import {recap, type Recalled} from '../../wording/decision/recap.ts';
import {accountText} from '../../wording/fault-text.ts';

/** Formats a message whose first sentence stands out. */
function messageLines(message: string, columns: number): readonly Line[] {
  let left = (/^.*?[.?!](?=\s|$)/s.exec(message)?.[0] ?? message).length;
  return wrap(message, columns - 2).map((text): Line => {
    const [title, rest] = [text.slice(0, left), text.slice(left)];
    // The space at which the line was wrapped.
    left = Math.max(0, left - text.length - 1);
    return [span(' '), ...(title === '' ? [] : [span(title, 'title')]), ...(rest === '' ? [] : [span(rest)])];
  });
}

/**
 * Formats the question in lines of at most `columns`: what is asked, the facts for the decision, every change. The account
 * and the caller come last, since the header names them too.
 */
export function questionLines(state: RunState, question: Question, columns: number): readonly Line[] {
  const {started} = state;
  const asked = messageLines(question.message, columns);
  // A code is asked for before the run, when there is no account to show.
  if (question.kind === 'code' || started === undefined) return asked;
  const step = 'step' in question ? question.step : undefined;
  return [
    ...asked,
    ...(step === undefined
      ? []
      : [
          ...approvalLines(state, question, columns),
          ...recap(state, step, question.changes).flatMap(recalled(columns)),
          [span('  Changes  ', 'quiet'), span(planTitle(question.changes), 'title')],
          ...planLines(question, columns),
        ]),
    blank,
    ...whoLines(state, started.identity, columns),
  ];
}

/** Formats a fact of the recap below its sign. */
function recalled(columns: number): (fact: Recalled) => readonly Line[] {
  return ({sign, text}) =>
    wrap(text, columns - 4).map((part, row) => [
      span(row === 0 ? `  ${sign.glyph} ` : '    ', sign.tone),
      span(part),
    ]);
}

/** How many people have agreed, who is waited for, and how they approve. */
function approvalLines(state: RunState, question: Question, columns: number): readonly Line[] {
  if (!('approvals' in question) || question.approvals === undefined) return [];
  const {approvals} = question;
  const {
    command = `handrail approve ${state.started?.run ?? ''}${approvals.signed === true ? ' --sign KEY' : ''}`,
  } = approvals;
  const text =
    `${approvalsText(approvals, state.now)}, waiting for ${awaitedText(approvals)}. ` +
    `In another terminal: ${command}`;
  const lapsed = lapsedText(approvals);
  return labelled('  Approved ', [
    ...wrap(text, columns - 12),
    ...(lapsed === '' ? [] : wrap(lapsed, columns - 12)),
  ]);
}

/** Lines of which the first has a label. */
function labelled(label: string, texts: readonly string[]): readonly Line[] {
  return texts.map((text, row) => [span(row === 0 ? label : ' '.repeat(label.length), 'quiet'), span(text)]);
}

function whoLines(state: RunState, identity: Identity, columns: number): readonly Line[] {
  const ticket = state.started?.gates?.ticket;
  const window = startText(state);
  const calendar = calendarStartText(state);
  const {endpoint} = state.started ?? {};
  const account: Line = [span('  Account  ', 'quiet'), span(accountText(identity), 'title')];
  const mode: Line = [span(identity.partition, 'title'), span('  '), ...modeBadges(state)];
  const line: Line = [...account, span('  ·  ', 'title'), ...mode];
  return [
    ...(lineWidth(line) <= columns ? [line] : [account, [span(' '.repeat(11)), ...mode]]),
    // In full: two callers of one account may differ only in the role or in the session's name.
    [span('  Caller   ', 'quiet'), span(cutMiddle(identity.arn, columns - 12), 'title')],
    ...(endpoint === undefined
      ? []
      : [[span('  Endpoint ', 'quiet'), span(cutMiddle(endpoint, columns - 12))]]),
    ...(ticket === undefined ? [] : [[span('  Ticket   ', 'quiet'), span(ticket, 'title')]]),
    ...(window === undefined ? [] : labelled('  Window   ', wrap(window, columns - 12))),
    ...(calendar === undefined ? [] : labelled('  Calendar ', wrap(calendar, columns - 12))),
  ];
}

/**
 * The part below a question: the typed reply, the reason it is closed, its answer from elsewhere, or how to come back to
 * it while the keyboard is elsewhere.
 */
export type Prompt =
  | {readonly kind: 'reply'; readonly reply: Reply; readonly unread?: boolean}
  | {readonly kind: 'early'; readonly chosen: boolean}
  | {readonly kind: 'asked'; readonly outcome: string}
  | {readonly kind: 'elsewhere'; readonly how: Line};

/** Question that Esc asks. */
export const leaving = {
  question: 'Decline? The run ends here and nothing more is changed.',
  keys: 'Enter declines, any other key goes back to the question.',
} as const;

/** Formats the changes by kind, the prompt and the typed text: the rows that stay in sight below the list of changes. */
export function promptLines(
  question: Question,
  prompt: Prompt,
  columns: number,
  whenLeaving: string = leaving.question,
): readonly Line[] {
  if (prompt.kind === 'reply' && prompt.reply.leaving) {
    return [
      blank,
      ...wrap(whenLeaving, columns - 2).map((text): Line => [span(` ${text}`, 'title')]),
      ...wrap(leaving.keys, columns - 2).map((text): Line => [span(` ${text}`)]),
      blank,
    ];
  }
  const what = question.kind === 'code' ? [] : kindLines(question.changes, columns - 2);
  const kinds = what.map((line): Line => [span(' '), ...line]);
  if (prompt.kind === 'asked') {
    const outcome = wrap(prompt.outcome, columns - 2);
    return [...kinds, ...outcome.map((text): Line => [span(` ${text}`, 'title')])];
  }
  if (prompt.kind === 'elsewhere') return [...kinds, prompt.how];
  return [
    ...(kinds.length === 0 ? [blank] : kinds),
    ...(prompt.kind === 'reply' && prompt.unread === true
      ? unreadLines(columns)
      : wantedLines(question, columns)),
    ...replyLines(prompt, columns),
  ];
}

/** A yes is not taken before the changes were shown to their end. */
function unreadLines(columns: number): readonly Line[] {
  const line: Line = [
    span(' '),
    span('End', 'accent'),
    span(' or '),
    span('v', 'accent'),
    span(' shows the rest, then '),
    span('y', 'accent'),
    span(' goes ahead, '),
    span('n', 'accent'),
    span(' declines:'),
  ];
  return fitting(line, columns);
}

function wantedLines(question: Question, columns: number): readonly Line[] {
  return fitting([span(' '), ...promptLine(question)], columns);
}

/** The line, wrapped where it is too long: then its keys are not set off. */
function fitting(line: Line, columns: number): readonly Line[] {
  return lineWidth(line) < columns
    ? [line]
    : wrap(lineText(line).trim(), columns - 2).map((text): Line => [span(` ${text}`)]);
}

function replyLines(prompt: Extract<Prompt, {kind: 'early' | 'reply'}>, columns: number): readonly Line[] {
  if (prompt.kind === 'early') {
    // An operator who focused it may type as soon as the terminal has shown it.
    if (prompt.chosen) return [blank, blank];
    return [
      [span(' Press nothing for a moment, or ', 'quiet'), span('Tab', 'accent'), span('.', 'quiet')],
      blank,
    ];
  }
  const {typed, hint} = prompt.reply;
  return [
    [span(' > ', 'accent'), span(cutMiddle(typed, columns - 5)), span('▏', 'accent')],
    ...(hint === undefined
      ? [blank]
      : wrap(hint, columns - 4).map((text): Line => [span(`   ${text}`, 'title')])),
  ];
}
