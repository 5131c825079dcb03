import type {Binding} from '../../keyboard/key-table.ts';
import {lastOffset} from '../../components/scrolled.tsx';
import {movedBy} from '../../regions/groups/grid-window.ts';
import {scrollKey, type Moment, type Outcome, type ScreenState} from '../run-screen-state.ts';

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
  return scrollKeys(chosen, ({layout}) => Math.max(1, layout.grid - 2), words);
}

function scrolled({screen, shown, reading, at}: Moment, by: number): ScreenState {
  const {lines, rows, offset} = reading();
  const next = Math.max(0, Math.min(offset + by, lastOffset(lines.length, rows)));
  return {...screen, scroll: {of: scrollKey(screen, shown, at), offset: next}};
}

function chosen({screen, shown, layout}: Moment, by: number): ScreenState {
  const {list: view, selected, top, filtering} = screen;
  const place = movedBy(shown.state, layout.grid, {view, selected, top, filtering}, by);
  return {...screen, selected: place.selected, top: place.top};
}
