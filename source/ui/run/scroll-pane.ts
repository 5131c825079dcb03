import type {HelpSection} from '../keyboard/key-table.ts';
import {helpLines, withoutLiveKeys} from '../keyboard/help.ts';
import type {Question} from '../../engine/model/events.ts';
import type {Layout} from './layout.ts';
import {span, type Line} from '../../text/line.ts';
import {promptLines, questionLines, type Prompt} from '../question/question-lines.ts';
import {regionDetail} from '../regions/region-detail.ts';
import {
  askingOf,
  focusOf,
  replyOf,
  scrollKey,
  type Focus,
  type Reading,
  type ScreenState,
  type Shown,
} from './run-screen-state.ts';
import {lastOffset} from '../components/scrolled.tsx';
import {summary} from '../../wording/run-summary.ts';
import {runTables} from './keys/tables.ts';

/** The question that fills the pane, and the part below it. */
export interface Posed {
  readonly question: Question;
  readonly prompt: Prompt;
}

/** The question on the screen: one that is asked here, or one that is only looked at. */
export function posedOf(screen: ScreenState, shown: Shown, at: number): Posed | undefined {
  const asking = askingOf(screen, shown, at);
  const focus = focusOf(screen, shown, at);
  if (asking !== undefined) {
    const prompt: Prompt =
      focus === 'question'
        ? {kind: 'reply', reply: replyOf(screen, asking)}
        : {kind: 'early', chosen: screen.gate.id === asking.id && screen.gate.chosen === true};
    return {question: asking.question, prompt};
  }
  const {asked} = shown;
  if (asked === undefined || focus !== 'asked') return undefined;
  return {question: asked.question, prompt: {kind: 'asked', outcome: asked.outcome}};
}

/** Returns the scrollable text under the keyboard. `transport`: the keys of a replay. */
export function readingOf(
  screen: ScreenState,
  shown: Shown,
  layout: Layout,
  at: number,
  transport?: HelpSection,
): Reading {
  const focus = focusOf(screen, shown, at);
  const posed = posedOf(screen, shown, at);
  const columns = layout.paneColumns;
  const lines =
    posed === undefined
      ? linesOf(screen, shown, focus, columns, transport)
      : questionLines(shown.state, posed.question, columns);
  const beside = focus === 'region' && layout.details > 0;
  const below = posed === undefined ? 0 : promptLines(posed.question, posed.prompt, columns).length;
  const rows = beside ? layout.details - 1 : Math.max(0, layout.paneRows - below);
  const {of, offset} = screen.scroll;
  // An offset belongs to its text; any other text starts at its top.
  const own = of === scrollKey(screen, shown, at) ? offset : 0;
  return {lines, rows, beside, offset: Math.min(own, lastOffset(lines.length, rows))};
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
    case 'asked':
      return [];
  }
}

function helpSections(transport: HelpSection | undefined): readonly HelpSection[] {
  const {grid, filter, region, question, result} = runTables;
  if (transport === undefined) return [grid, filter, region, question, result];
  return [transport, ...withoutLiveKeys([grid, filter, region, result])];
}
