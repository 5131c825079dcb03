import type {Binding} from '../../keyboard/key-table.ts';
import {moveKeys} from '../../keyboard/move-keys.ts';
import {lastOffset} from '../../components/scrolled.tsx';
import {movedBy, rowUnder, type GridPlace} from '../../regions/groups/grid-window.ts';
import type {ListedRegion} from '../../regions/groups/region-groups.ts';
import type {LogView} from '../../log/log-lines.ts';
import {gridRows} from '../layout.ts';
import {focusOf, scrollKey, type Moment, type Outcome, type ScreenState} from '../run-screen-state.ts';

/** Keys that scroll a text. */
export function readingKeys(what: string, letters: boolean): readonly Binding<Moment, Outcome>[] {
  const words = {up: `scroll ${what}up`, down: `scroll ${what}down`, hint: 'scroll', letters};
  return moveKeys(scrolled, ({reading}) => Math.max(1, reading().rows - 2), words);
}

/** The keys that move between Regions. */
export function regionMoves(letters: boolean): readonly Binding<Moment, Outcome>[] {
  const words = {up: 'the Region above', down: 'the Region below', hint: 'Region', letters};
  return moveKeys(chosen, (moment) => Math.max(1, listRows(moment) - 2), words);
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
