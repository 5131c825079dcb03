import type {Answer} from '../../engine/model/ports.ts';
import type {Command} from '../../engine/decide/operator-commands.ts';
import {show} from '../../text/show.ts';
import type {Action} from '../keyboard/bindings.ts';
import type {Layout} from './layout.ts';
import {readingOf, scrollKey} from './scroll-pane.ts';
import {gridWindow} from '../regions/region-grid.tsx';
import {listRegions, sorts, windowStart, type ListView} from '../regions/region-list.ts';
import {listText} from '../regions/region-rows.ts';
import {noReply, press} from '../question/reply.ts';
import {askingOf, focusOf, replyOf, waiverId, type ScreenState, type Shown} from './run-screen-state.ts';
import {lastOffset} from '../components/scrolled.tsx';
import {steered} from './steering.ts';

/** What a key comes to: a further screen, and with it the answer to the run's question or commands to the run. */
export interface Outcome {
  readonly screen: ScreenState;
  readonly answer?: Answer;
  readonly commands?: readonly Command[];
}

/** Longest filter that can be typed. */
const longestFilter = 40;

/** What a key makes of the screen. */
export function pressed(
  before: ScreenState,
  shown: Shown,
  layout: Layout,
  action: Action | undefined,
  input: string,
): Outcome {
  const {notice: _seen, ...screen} = before;
  const by = action === undefined ? undefined : distance(screen, shown, layout, action);
  if (by !== undefined) return {screen: moved(screen, shown, layout, by)};
  switch (focusOf(screen, shown)) {
    case 'question':
      return replied(screen, shown, action, input);
    case 'filter':
      return {screen: filtered(screen, action, input)};
    default:
      return action === undefined ? {screen} : acted(screen, shown, action);
  }
}

function replied(screen: ScreenState, shown: Shown, action: Action | undefined, input: string): Outcome {
  const asking = askingOf(screen, shown);
  if (asking === undefined) return {screen};
  const {waiving} = screen;
  const own = asking.id === waiverId && waiving !== undefined;
  // Nothing is lost by going back from a waiver, so one key does.
  if (own && action === 'back') return {screen: {...screen, waiving: undefined}};
  const outcome = press(asking.question, replyOf(screen, shown), action, input);
  if (!('answer' in outcome)) return {screen: {...screen, draft: {id: asking.id, reply: outcome}}};
  if (!own) return {screen, answer: outcome.answer};
  const {accepted, typed = ''} = outcome.answer;
  return {
    screen: {...screen, waiving: undefined},
    commands: accepted ? [{do: 'waive', region: waiving, typed}] : [],
  };
}

function filtered(screen: ScreenState, action: Action | undefined, input: string): ScreenState {
  const {filter} = screen.list;
  const withFilter = (text: string): ScreenState => ({
    ...screen,
    top: 0,
    list: {...screen.list, filter: text.slice(0, longestFilter)},
  });
  switch (action) {
    case 'keep':
      return {...screen, filtering: false};
    case 'back':
      return {...withFilter(''), filtering: false};
    case 'erase':
      return withFilter(Array.from(filter).slice(0, -1).join(''));
    case 'clear':
      return withFilter('');
    case undefined:
      return withFilter(filter + show(input));
    default:
      return screen;
  }
}

function acted(screen: ScreenState, shown: Shown, action: Action): Outcome {
  const {state} = shown;
  switch (action) {
    case 'help':
      return {screen: {...screen, help: true}};
    case 'open':
      return {screen: opened(screen, shown)};
    case 'back':
      return {screen: back(screen)};
    case 'filter':
      return {screen: {...screen, filtering: true}};
    case 'sort': {
      const next = sorts[(sorts.indexOf(screen.list.sort) + 1) % sorts.length] ?? 'attention';
      return {screen: relisted(screen, {...screen.list, sort: next})};
    }
    case 'problems':
      return {screen: relisted(screen, {...screen.list, problemsOnly: !screen.list.problemsOnly})};
    default: {
      const outcome = shown.steerable === true ? steered(state, screen.selected, action) : undefined;
      if (outcome === undefined) return {screen};
      if ('notice' in outcome) return {screen: {...screen, notice: outcome.notice}};
      if ('commands' in outcome) return {screen, commands: outcome.commands};
      return {screen: {...screen, waiving: outcome.waive, draft: {id: waiverId, reply: noReply}}};
    }
  }
}

function opened(screen: ScreenState, shown: Shown): ScreenState {
  if (focusOf(screen, shown) === 'result') return {...screen, browsing: true};
  const selected = screen.selected ?? listRegions(shown.state, screen.list)[0]?.region;
  return {...screen, selected, opened: selected !== undefined};
}

/** One step back: from what is over the grid, then from what was made of the grid. */
function back(screen: ScreenState): ScreenState {
  if (screen.help) return {...screen, help: false};
  if (screen.opened) return {...screen, opened: false};
  if (screen.list.filter !== '') return relisted(screen, {...screen.list, filter: ''});
  return {...screen, selected: undefined, top: 0, browsing: false};
}

function relisted(screen: ScreenState, list: ListView): ScreenState {
  return {...screen, list, top: 0};
}

/** Lines or Regions that a key moves by. */
function distance(screen: ScreenState, shown: Shown, layout: Layout, action: Action): number | undefined {
  const focus = focusOf(screen, shown);
  const onGrid = focus === 'run' || focus === 'filter';
  const page = (): number => Math.max(1, (onGrid ? layout.grid : readingOf(screen, shown, layout).rows) - 2);
  switch (action) {
    case 'up':
      return -1;
    case 'down':
      return 1;
    case 'page-up':
      return -page();
    case 'page-down':
      return page();
    case 'first':
      return -Infinity;
    case 'last':
      return Infinity;
    default:
      return undefined;
  }
}

function moved(screen: ScreenState, shown: Shown, layout: Layout, by: number): ScreenState {
  const focus = focusOf(screen, shown);
  if (focus !== 'run' && focus !== 'filter') {
    const {lines, rows, offset} = readingOf(screen, shown, layout);
    const next = Math.max(0, Math.min(offset + by, lastOffset(lines.length, rows)));
    return {...screen, scroll: {of: scrollKey(screen, shown), offset: next}};
  }
  const list = listRegions(shown.state, screen.list);
  const found = list.findIndex(({region}) => region === screen.selected);
  const from = found >= 0 ? found : by > 0 ? -1 : list.length;
  const chosen = Math.max(0, Math.min(from + by, list.length - 1));
  const noted = focus === 'filter' || listText(screen.list, 0, 0) !== '';
  const size = gridWindow(list.length, layout.grid, noted);
  return {...screen, selected: list[chosen]?.region, top: windowStart(list.length, size, screen.top, chosen)};
}
