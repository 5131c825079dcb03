import type {Binding} from './key-table.ts';

/** What the keys that move in a place are for. */
interface MoveWords {
  readonly up: string;
  readonly down: string;
  readonly hint: string;
  /** j, k, g and G do so too, where no text is typed. */
  readonly letters: boolean;
}

/** The keys that move in a place. `to` moves by rows: by infinitely many to its top or its end; `page` is a page's rows. */
export function moveKeys<Moment, Screen>(
  to: (moment: Moment, by: number) => Screen,
  page: (moment: Moment) => number,
  {up, down, hint, letters}: MoveWords,
): readonly Binding<Moment, {readonly screen: Screen}>[] {
  const letter = (key: string): readonly string[] => (letters ? [key] : []);
  const shown = (key: string, also: string): string => (letters ? `${key} ${also}` : key);
  const by =
    (distance: (moment: Moment) => number) =>
    (moment: Moment): {readonly screen: Screen} => ({screen: to(moment, distance(moment))});
  return [
    {keys: ['up', ...letter('k')], shown: shown('↑', 'k'), help: up, run: by(() => -1)},
    {
      keys: ['down', ...letter('j')],
      shown: shown('↓', 'j'),
      help: down,
      hint,
      hintKeys: '↑↓',
      run: by(() => 1),
    },
    {keys: ['pageup'], shown: 'PgUp', help: 'a page up', run: by((moment) => -page(moment))},
    {keys: ['pagedown'], shown: 'PgDn', help: 'a page down', run: by(page)},
    {keys: ['home', ...letter('g')], shown: shown('Home', 'g'), help: 'to the top', run: by(() => -Infinity)},
    {keys: ['end', ...letter('G')], shown: shown('End', 'G'), help: 'to the end', run: by(() => Infinity)},
  ];
}
