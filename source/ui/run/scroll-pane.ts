import type {HelpSection} from '../keyboard/key-table.ts';
import {helpLines, withoutLiveKeys} from '../keyboard/help.ts';
import {logHeading, logLines, wholeLog, type Log} from '../log/log-lines.ts';
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
  // On a wide screen the details follow the chosen Region; opened, they are scrolled.
  const follows =
    focus === 'grid' && screen.selected !== undefined && dock === undefined && layout.details > 0;
  const beside = (focus === 'region' || follows) && dock === undefined && layout.details > 0;
  const columns = beside ? layout.detailColumns : layout.paneColumns;
  const lines = atQuestion
    ? dock.text
    : linesOf(screen, shown, follows ? 'region' : focus, columns, transport);
  const heading = atQuestion ? undefined : headingOf(screen, shown, focus);
  const whole = atQuestion
    ? dock.textRows
    : beside
      ? layout.details - 1
      : (dock?.above ?? layout.paneRows - (isCovering(focus) ? statusRows(layout) : 0));
  const rows = Math.max(0, heading === undefined ? whole : whole - 1);
  const {of, offset} = screen.scroll;
  // An offset belongs to its text; any other text starts at its top.
  const own = of === scrollKey(screen, shown, at) ? offset : 0;
  return {lines, heading, rows, beside, offset: Math.min(own, lastOffset(lines.length, rows)), dock};
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
    case 'log':
    case 'log-filter':
      return logLines(shown.log ?? noLog, screen.log ?? wholeLog, columns);
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

const noLog: Log = {lines: [], dropped: 0};

function headingOf({log}: ScreenState, shown: Shown, focus: Focus): Line | undefined {
  const isLog = focus === 'log' || focus === 'log-filter';
  return isLog && log !== undefined ? logHeading(shown.log ?? noLog, log) : undefined;
}

function helpSections(transport: HelpSection | undefined): readonly HelpSection[] {
  const {grid, filter, region, log, question, plan, result} = runTables;
  if (transport === undefined) return [grid, filter, region, log, question, plan, result];
  return [transport, ...withoutLiveKeys([grid, filter, region, log, result])];
}
