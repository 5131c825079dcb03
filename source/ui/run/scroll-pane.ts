import type {HelpSection} from '../keyboard/key-table.ts';
import {helpLines, withoutLiveKeys} from '../keyboard/help.ts';
import type {Layout} from './layout.ts';
import {span, type Line} from '../../text/line.ts';
import {regionDetail} from '../regions/region-detail.ts';
import {dockOf} from './decision/dock.ts';
import {
  focusOf,
  isAtQuestion,
  isCovering,
  scrollKey,
  type Focus,
  type Reading,
  type ScreenState,
  type Shown,
} from './run-screen-state.ts';
import {lastOffset} from '../components/scrolled.tsx';
import {statusRows} from './status-line.tsx';
import {summary} from '../../wording/run-summary.ts';
import {runTables} from './keys/tables.ts';

/** Returns the scrollable text under the keyboard. `transport`: the keys of a replay. */
export function readingOf(
  screen: ScreenState,
  shown: Shown,
  layout: Layout,
  at: number,
  transport?: HelpSection,
): Reading {
  const focus = focusOf(screen, shown, at);
  const dock = dockOf(screen, shown, layout, at);
  const atQuestion = dock !== undefined && isAtQuestion(focus);
  const lines = atQuestion ? dock.text : linesOf(screen, shown, focus, layout.paneColumns, transport);
  const beside = focus === 'region' && dock === undefined && layout.details > 0;
  const rows = atQuestion
    ? dock.textRows
    : beside
      ? layout.details - 1
      : (dock?.above ?? layout.paneRows - (isCovering(focus) ? statusRows(layout) : 0));
  const {of, offset} = screen.scroll;
  // An offset belongs to its text; any other text starts at its top.
  const own = of === scrollKey(screen, shown, at) ? offset : 0;
  return {lines, rows, beside, offset: Math.min(own, lastOffset(lines.length, rows)), dock};
}

/** Returns true if the last of its lines is to be seen. */
export function showsEnd({lines, rows, offset}: Reading): boolean {
  return offset >= lastOffset(lines.length, rows);
}

function linesOf(
  screen: ScreenState,
  shown: Shown,
  focus: Focus,
  columns: number,
  transport: HelpSection | undefined,
): readonly Line[] {
  const {state} = shown;
  switch (focus) {
    case 'help':
      return helpLines(helpSections(transport), columns);
    case 'region': {
      const lane = state.lanes.get(screen.selected ?? '');
      return lane === undefined ? [] : regionDetail({...shown, lane, columns});
    }
    case 'result':
      return summary(shown.closing ?? {state}, columns - 2).map((line) => [span(' '), ...line]);
    case 'grid':
    case 'filter':
    case 'question':
    case 'early-question':
    case 'plan':
    case 'asked':
      return [];
  }
}

function helpSections(transport: HelpSection | undefined): readonly HelpSection[] {
  const {grid, filter, region, question, plan, result} = runTables;
  if (transport === undefined) return [grid, filter, region, question, plan, result];
  return [transport, ...withoutLiveKeys([grid, filter, region, result])];
}
