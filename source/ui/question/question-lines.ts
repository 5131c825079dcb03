import type {Question} from '../../engine/model/events.ts';
import type {Identity} from '../../engine/model/identity.ts';
import type {RunState} from '../../engine/model/state.ts';
import {cutMiddle, wrap} from '../../text/width.ts';
import {blank, lineText, lineWidth, span, type Line} from '../../text/line.ts';
import {modeBadges} from '../../wording/run-mode.ts';
import {planLines, planTitle} from './change-lines.ts';
import {promptLine} from './prompt-text.ts';
import type {Reply} from './reply.ts';
import {regionsText} from '../../wording/run-summary.ts';
import {accountText} from '../../wording/fault-text.ts';

/** Formats the question in lines of at most `columns`. */
export function questionLines(state: RunState, question: Question, columns: number): readonly Line[] {
  const {started} = state;
  const [first = '', ...more] = wrap(question.message, columns - 2);
  const asked: readonly Line[] = [
    [span(` ${first}`, 'title')],
    ...more.map((text): Line => [span(` ${text}`)]),
  ];
  // A code is asked for before the run, when there is no account to show.
  if (question.kind === 'code' || started === undefined) return asked;
  return [
    ...asked,
    blank,
    ...whoLines(state, started.identity, columns),
    [span('  Regions  ', 'quiet'), span(regionsText(state))],
    [span('  Changes  ', 'quiet'), span(planTitle(question.changes), 'title')],
    blank,
    ...planLines(question, columns),
  ];
}

function whoLines(state: RunState, identity: Identity, columns: number): readonly Line[] {
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
  ];
}

/**
 * Formats the part below a question: the typed reply, the reason it is closed, or its answer from elsewhere.
 */
export type Prompt =
  | {readonly kind: 'reply'; readonly reply: Reply}
  | {readonly kind: 'early'; readonly chosen: boolean}
  | {readonly kind: 'asked'; readonly outcome: string};

/** Question that Esc asks. */
export const leaving = {
  question: 'Decline? The run ends here and nothing more is changed.',
  keys: 'Enter declines, any other key goes back to the question.',
} as const;

/** Formats the prompt and the typed text in the rows below the changes. */
export function promptLines(question: Question, prompt: Prompt, columns: number): readonly Line[] {
  if (prompt.kind === 'reply' && prompt.reply.leaving) {
    return [
      blank,
      ...wrap(leaving.question, columns - 2).map((text): Line => [span(` ${text}`, 'title')]),
      ...wrap(leaving.keys, columns - 2).map((text): Line => [span(` ${text}`)]),
      blank,
    ];
  }
  // The agreement stays in sight, however far the changes are scrolled.
  const what: Line =
    question.kind === 'code' || question.changes.length === 0
      ? blank
      : [span(` ${planTitle(question.changes)}`, 'title')];
  if (prompt.kind === 'asked') return [what, blank, [span(` ${prompt.outcome}`, 'title')], blank];
  return [what, ...wantedLines(question, columns), ...replyLines(prompt, columns)];
}

function wantedLines(question: Question, columns: number): readonly Line[] {
  const line = promptLine(question);
  // Keys are set off by their tone; a line that has to be wrapped holds a text, and no keys.
  return lineWidth(line) < columns - 1
    ? [[span(' '), ...line]]
    : wrap(lineText(line), columns - 2).map((text): Line => [span(` ${text}`)]);
}

function replyLines(prompt: Exclude<Prompt, {kind: 'asked'}>, columns: number): readonly Line[] {
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
