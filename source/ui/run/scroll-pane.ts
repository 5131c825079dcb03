import {helpLines} from '../keyboard/help.ts';
import type {Focus} from '../keyboard/bindings.ts';
import type {Layout} from './layout.ts';
import {span, type Line} from '../../text/line.ts';
import {promptLines, questionLines} from '../question/question-lines.ts';
import {regionDetail} from '../regions/region-detail.ts';
import {askingOf, focusOf, replyOf, type ScreenState, type Shown} from './run-screen-state.ts';
import {lastOffset} from '../components/scrolled.tsx';
import {summary} from '../../wording/run-summary.ts';

/** A text that fills the pane or a part of it, how far it is scrolled, and the rows it has. */
export interface Reading {
  readonly lines: readonly Line[];
  readonly offset: number;
  readonly rows: number;
  /** It stands below the grid rather than in its place. */
  readonly beside: boolean;
}

/** What there is to read where the keyboard is. */
export function readingOf(screen: ScreenState, shown: Shown, layout: Layout): Reading {
  const focus = focusOf(screen, shown);
  const asking = askingOf(screen, shown);
  const lines = linesOf(screen, shown, focus, layout.paneColumns);
  const beside = focus === 'region' && layout.details > 0;
  const prompt =
    asking === undefined
      ? 0
      : promptLines(asking.question, replyOf(screen, shown), layout.paneColumns).length;
  const rows = beside ? layout.details - 1 : Math.max(0, layout.paneRows - prompt);
  const {of, offset} = screen.scroll;
  // A scroll position belongs to what was scrolled; anything else starts at its top.
  const own = of === scrollKey(screen, shown) ? offset : 0;
  return {lines, rows, beside, offset: Math.min(own, lastOffset(lines.length, rows))};
}

function linesOf(screen: ScreenState, shown: Shown, focus: Focus, columns: number): readonly Line[] {
  const {state} = shown;
  switch (focus) {
    case 'help':
      return helpLines(shown.replayed === true ? 'replay' : 'run', columns);
    case 'question': {
      const asking = askingOf(screen, shown);
      return asking === undefined ? [] : questionLines(state, asking.question, columns);
    }
    case 'region': {
      const lane = state.lanes.get(screen.selected ?? '');
      return lane === undefined ? [] : regionDetail({...shown, lane, columns});
    }
    case 'result':
      return summary(shown.closing ?? {state}, columns - 2).map((line) => [span(' '), ...line]);
    case 'run':
    case 'filter':
    case 'replay':
    case 'home':
      return [];
  }
}

/** Names what is read, so that a scroll position is not carried over to something else. */
export function scrollKey(screen: ScreenState, shown: Shown): string {
  return `${focusOf(screen, shown)} ${askingOf(screen, shown)?.id ?? screen.selected ?? ''}`;
}
