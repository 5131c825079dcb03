import type {Question} from '../../../engine/model/events.ts';
import {span, type Line} from '../../../text/line.ts';
import {byId} from '../../../data/by-id.ts';
import type {RunState} from '../../../engine/model/state.ts';
import type {Caption} from '../../../wording/run-mode.ts';
import {takesYes} from '../../question/prompt-text.ts';
import {promptLines, questionLines, type Prompt} from '../../question/question-lines.ts';
import {gridRows} from '../../regions/groups/grid-rows.ts';
import type {ListView} from '../../regions/region-list.ts';
import type {Layout} from '../layout.ts';
import {
  askingOf,
  awayFrom,
  focusOf,
  isAtQuestion,
  replyOf,
  type Dock,
  type Focus,
  type ScreenState,
  type Shown,
} from '../run-screen-state.ts';

/** Fewest rows in which the Regions beside a question say something. */
const leastAbove = 5;

/** The question on the screen, docked: one that is asked here, or one that is only looked at. */
export function dockOf(screen: ScreenState, shown: Shown, layout: Layout, at: number): Dock | undefined {
  const focus = focusOf(screen, shown, at);
  const posed = posedOf(screen, shown, focus, at);
  if (posed === undefined) return undefined;
  const columns = layout.paneColumns;
  const text = questionLines(shown.state, posed.question, columns);
  const prompt = promptLines(posed.question, posed.prompt, columns);
  return {
    question: posed.question,
    caption: captionOf(shown.state, posed.question),
    text,
    prompt,
    ...rowsFor({
      focus,
      rows: layout.paneRows,
      text: text.length,
      prompt: prompt.length,
      regions: regionRows(shown.state, screen.list, posed.question, layout.paneRows),
    }),
  };
}

function posedOf(
  screen: ScreenState,
  shown: Shown,
  focus: Focus,
  at: number,
): {readonly question: Question; readonly prompt: Prompt} | undefined {
  const asking = askingOf(screen, shown, at);
  const away = awayFrom(screen, asking ?? shown.asked);
  if (asking === undefined) {
    const {asked} = shown;
    if (asked === undefined) return undefined;
    return {question: asked.question, prompt: {kind: 'asked', outcome: asked.outcome}};
  }
  const {question} = asking;
  if (away !== undefined) return {question, prompt: {kind: 'elsewhere', how: wayToReply(away)}};
  if (focus === 'question') {
    const unread = takesYes(question) && screen.seen !== asking.id;
    return {question, prompt: {kind: 'reply', reply: replyOf(screen, asking), unread}};
  }
  const chosen = screen.gate.id === asking.id && screen.gate.chosen === true;
  return {question, prompt: {kind: 'early', chosen}};
}

function wayToReply(away: 'grid' | 'plan'): Line {
  const way = away === 'plan' ? ' goes to the answer.' : ' goes to changes, then answer.';
  return [span(' '), span('Tab', 'accent'), span(way)];
}

function captionOf({steps}: RunState, question: Question): Caption {
  if (question.kind === 'code') return {text: 'A CODE IS NEEDED', heavy: true};
  if (question.kind === 'second-run') return {text: 'ANOTHER RUN IS GOING', heavy: true};
  if (question.kind === 'waiver') return {text: 'WAIVER', heavy: true};
  return {text: `DECISION: ${byId(steps, question.step)?.title ?? question.step}`, heavy: true};
}

/** Rows that the list of Regions could use. Its last one counts those that it leaves out. */
function regionRows(state: RunState, view: ListView, question: Question, rows: number): number {
  if (question.kind === 'code' || state.lanes.size === 0) return 0;
  return gridRows(state, view, rows).length + 1;
}

interface Needs {
  readonly focus: Focus;
  readonly rows: number;
  readonly text: number;
  readonly prompt: number;
  readonly regions: number;
}

/**
 * Divides the pane: the place under the keyboard gets the room. The kinds of changes and the way to answer are always to be
 * seen, wherever the keyboard is.
 */
function rowsFor({
  focus,
  rows,
  text,
  prompt,
  regions,
}: Needs): Pick<Dock, 'captionRows' | 'textRows' | 'promptRows' | 'above'> {
  const captionRows = rows >= 9 ? 1 : 0;
  const promptRows = Math.min(prompt, rows);
  const fixed = Math.min(rows, captionRows + promptRows);
  if (!isAtQuestion(focus)) {
    // Another text, or the Regions: the first line of the question stays.
    const textRows = rows >= 12 ? 1 : 0;
    return {captionRows, textRows, promptRows, above: Math.max(0, rows - fixed - textRows)};
  }
  const least = focus === 'plan' || rows < 16 ? 0 : Math.min(regions, leastAbove);
  const left = Math.min(regions, Math.max(least, rows - fixed - text));
  const above = left < Math.min(regions, leastAbove) ? 0 : left;
  return {captionRows, textRows: Math.max(0, rows - fixed - above), promptRows, above};
}
