import type {Question} from '../engine/events.ts';
import type {Answer} from '../engine/ports.ts';
import type {RunState} from '../engine/state.ts';
import {promptLines, questionLines} from './question-lines.ts';
import {helpLines} from './help.ts';
import type {Action, Focus} from './keys.ts';
import type {Layout} from './layout.ts';
import {span, type Line} from './line.ts';
import type {Told} from './narrate.ts';
import {regionDetail} from './region-detail.ts';
import {regionRows} from './region-rows.ts';
import {noReply, press, type Reply} from './reply.ts';
import {lastOffset} from './scrolled.tsx';
import {summary} from './summary.ts';
import type {Closing} from './view.ts';

/** A question on the screen. */
export interface Asking {
  /** Tells one question from the next. */
  readonly id: number;
  readonly question: Question;
  readonly answer: (answer: Answer) => void;
}

/** What the screen is given to show. */
export interface Shown {
  readonly state: RunState;
  /** ms since the epoch. */
  readonly now: number;
  /** What happened lately, the oldest first. */
  readonly told: readonly Told[];
  /** What is being done before the run starts. */
  readonly opening: string;
  readonly asking?: Asking | undefined;
  readonly closing?: Closing | undefined;
}

/** What the operator has made of the screen. */
export interface ScreenState {
  readonly selected?: string | undefined;
  /** The selected Region's details are shown. */
  readonly opened: boolean;
  readonly help: boolean;
  /** The run has ended and the Regions are shown rather than the result. */
  readonly browsing: boolean;
  /** What is scrolled, and by how many lines. */
  readonly scroll: {readonly of: string; readonly offset: number};
  readonly draft: {readonly id: number; readonly reply: Reply};
}

export const freshScreen: ScreenState = {
  opened: false,
  help: false,
  browsing: false,
  scroll: {of: '', offset: 0},
  draft: {id: 0, reply: noReply},
};

export function focusOf(screen: ScreenState, {state, asking}: Shown): Focus {
  if (asking !== undefined) return 'question';
  if (screen.help) return 'help';
  if (screen.opened) return 'region';
  return state.ended !== undefined && !screen.browsing ? 'result' : 'run';
}

/** What was typed so far in answer to the present question. */
export function replyOf({draft}: ScreenState, {asking}: Shown): Reply {
  return asking !== undefined && draft.id === asking.id ? draft.reply : noReply;
}

/** A text that fills the pane or a part of it, how far it is scrolled, and the rows it has. */
export interface Reading {
  readonly lines: readonly Line[];
  readonly offset: number;
  readonly rows: number;
  /** It stands below the grid rather than in its place. */
  readonly beside: boolean;
}

export function readingOf(screen: ScreenState, shown: Shown, layout: Layout): Reading {
  const focus = focusOf(screen, shown);
  const lines = linesOf(screen, shown, focus, layout.paneColumns);
  const beside = focus === 'region' && layout.details > 0;
  const prompt =
    shown.asking === undefined
      ? 0
      : promptLines(shown.asking.question, replyOf(screen, shown), layout.paneColumns).length;
  const rows = beside ? layout.details - 1 : Math.max(0, layout.paneRows - prompt);
  const {of, offset} = screen.scroll;
  // A scroll position belongs to what was scrolled; anything else starts at its top.
  const own = of === scrollKey(screen, shown) ? offset : 0;
  return {lines, rows, beside, offset: Math.min(own, lastOffset(lines.length, rows))};
}

function linesOf(screen: ScreenState, shown: Shown, focus: Focus, columns: number): readonly Line[] {
  const {state, now, asking} = shown;
  switch (focus) {
    case 'help':
      return helpLines();
    case 'question':
      return asking === undefined ? [] : questionLines(state, asking.question, columns);
    case 'region': {
      const lane = state.lanes[screen.selected ?? ''];
      return lane === undefined ? [] : regionDetail(state, lane, now, columns);
    }
    case 'result':
      return summary(shown.closing ?? {state}, columns - 2).map((line) => [span(' '), ...line]);
    case 'run':
      return [];
  }
}

function scrollKey(screen: ScreenState, shown: Shown): string {
  return `${focusOf(screen, shown)} ${shown.asking?.id ?? screen.selected ?? ''}`;
}

/** What a key makes of the screen: a further state, or the answer to the question. */
export function pressed(
  screen: ScreenState,
  shown: Shown,
  layout: Layout,
  action: Action | undefined,
  input: string,
): ScreenState | {readonly answer: Answer} {
  const {asking, state, now} = shown;
  const by = action === undefined ? undefined : distance(screen, shown, layout, action);
  if (by !== undefined) return moved(screen, shown, layout, by);
  if (asking !== undefined) {
    const outcome = press(asking.question, replyOf(screen, shown), action, input);
    return 'answer' in outcome ? outcome : {...screen, draft: {id: asking.id, reply: outcome}};
  }
  switch (action) {
    case 'help':
      return {...screen, help: true};
    case 'open':
      if (focusOf(screen, shown) === 'result') return {...screen, browsing: true};
      return {
        ...screen,
        selected: screen.selected ?? regionRows(state, now)[0]?.region,
        opened: Object.keys(state.lanes).length > 0,
      };
    case 'back':
      if (screen.help) return {...screen, help: false};
      if (screen.opened) return {...screen, opened: false};
      return {...screen, selected: undefined, browsing: false};
    default:
      return screen;
  }
}

/** Lines or Regions that a key moves by. */
function distance(screen: ScreenState, shown: Shown, layout: Layout, action: Action): number | undefined {
  const rows = focusOf(screen, shown) === 'run' ? layout.grid : readingOf(screen, shown, layout).rows;
  const page = Math.max(1, rows - 2);
  switch (action) {
    case 'up':
      return -1;
    case 'down':
      return 1;
    case 'page-up':
      return -page;
    case 'page-down':
      return page;
    case 'first':
      return -Infinity;
    case 'last':
      return Infinity;
    default:
      return undefined;
  }
}

function moved(screen: ScreenState, shown: Shown, layout: Layout, by: number): ScreenState {
  if (focusOf(screen, shown) !== 'run') {
    const {lines, rows, offset} = readingOf(screen, shown, layout);
    const next = Math.max(0, Math.min(offset + by, lastOffset(lines.length, rows)));
    return {...screen, scroll: {of: scrollKey(screen, shown), offset: next}};
  }
  const names = regionRows(shown.state, shown.now).map(({region}) => region);
  const from = screen.selected === undefined ? (by > 0 ? -1 : names.length) : names.indexOf(screen.selected);
  return {...screen, selected: names[Math.max(0, Math.min(from + by, names.length - 1))]};
}
