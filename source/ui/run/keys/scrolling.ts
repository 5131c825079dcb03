import type {Binding} from '../../keyboard/key-table.ts';
import {lastOffset} from '../../components/scrolled.tsx';
import {movedBy, rowUnder, type GridPlace} from '../../regions/groups/grid-window.ts';
import type {ListedRegion} from '../../regions/groups/region-groups.ts';
import type {LogView} from '../../log/log-lines.ts';
import {gridRows} from '../layout.ts';
import {focusOf, scrollKey, type Moment, type Outcome, type ScreenState} from '../run-screen-state.ts';

/** The keys that move in a place. `letters`: j, k, g and G do so too, where no text is typed. */
function scrollKeys(
  to: (moment: Moment, by: number) => ScreenState,
  page: (moment: Moment) => number,
  words: {readonly up: string; readonly down: string; readonly hint: string; readonly letters: boolean},
): readonly Binding<Moment, Outcome>[] {
  const letter = (key: string): readonly string[] => (words.letters ? [key] : []);
  const shown = (key: string, also: string): string => (words.letters ? `${key} ${also}` : key);
  const by =
    (distance: (moment: Moment) => number) =>
    (moment: Moment): Outcome => ({
      screen: to(moment, distance(moment)),
    });
  return [
    {keys: ['up', ...letter('k')], shown: shown('↑', 'k'), help: words.up, run: by(() => -1)},
    {
      keys: ['down', ...letter('j')],
      shown: shown('↓', 'j'),
      help: words.down,
      hint: words.hint,
      hintKeys: '↑↓',
      run: by(() => 1),
    },
    {keys: ['pageup'], shown: 'PgUp', help: 'a page up', run: by((moment) => -page(moment))},
    {keys: ['pagedown'], shown: 'PgDn', help: 'a page down', run: by(page)},
    {keys: ['home', ...letter('g')], shown: shown('Home', 'g'), help: 'to the top', run: by(() => -Infinity)},
    {keys: ['end', ...letter('G')], shown: shown('End', 'G'), help: 'to the end', run: by(() => Infinity)},
  ];
}

/** Keys that scroll a text. */
export function readingKeys(what: string, letters: boolean): readonly Binding<Moment, Outcome>[] {
  const words = {up: `scroll ${what}up`, down: `scroll ${what}down`, hint: 'scroll', letters};
  return scrollKeys(scrolled, ({reading}) => Math.max(1, reading().rows - 2), words);
}

/** The keys that move between Regions. */
export function regionMoves(letters: boolean): readonly Binding<Moment, Outcome>[] {
  const words = {up: 'the Region above', down: 'the Region below', hint: 'Region', letters};
  return scrollKeys(chosen, (moment) => Math.max(1, listRows(moment) - 2), words);
}

/** Rows of the list of Regions: fewer where a decision or the details of a Region stand below it. */
function listRows({layout, reading}: Moment): number {
  const {dock, beside} = reading();
  return dock?.above ?? gridRows(layout, beside);
}

function scrolled(moment: Moment, by: number): ScreenState {
  const {screen, shown, reading, at} = moment;
  const {lines, rows, offset} = reading();
  const next = Math.max(0, Math.min(offset + by, lastOffset(lines.length, rows)));
  const moved = {...screen, scroll: {of: scrollKey(screen, shown, at), offset: next}};
  return focusOf(screen, shown, at) === 'log' ? {...moved, log: heldAt(moment, next)} : moved;
}

/** A log that is scrolled keeps its place: newer lines come above it once it is at its top again. */
function heldAt({screen: {log}, shown}: Moment, offset: number): LogView | undefined {
  if (log === undefined) return undefined;
  const {lines = [], dropped = 0} = shown.log ?? {};
  return {...log, upTo: offset === 0 ? undefined : (log.upTo ?? dropped + lines.length)};
}

function chosen(moment: Moment, by: number): ScreenState {
  const {screen, shown} = moment;
  const place = movedBy(shown.state, listRows(moment), placeOf(screen), by);
  return {...screen, selected: place.selected, top: place.top};
}

/** The Regions in the row under the keyboard: several where one line stands for them. */
export function regionsUnder(moment: Moment): readonly ListedRegion[] {
  return rowUnder(moment.shown.state, listRows(moment), placeOf(moment.screen));
}

function placeOf({list: view, selected, top, filtering}: ScreenState): GridPlace {
  return {view, selected, top, filtering};
}
