import type {Binding, KeyTable} from '../keyboard/key-table.ts';
import {typingKeys} from '../keyboard/typing-keys.ts';
import {formFor, needsForm, type Form} from './form.ts';
import type {HomeEntry} from './home-list.ts';

/** State of the home screen. */
export interface HomeState {
  readonly query: string;
  readonly chosen: number;
  readonly help: boolean;
  /** Lines of the help scrolled past. */
  readonly offset: number;
  /** The inputs of the chosen runbook, while they are typed. */
  readonly form?: Form | undefined;
}

/** All that a key's effect depends on. */
export interface HomeMoment {
  readonly home: HomeState;
  /** The entries that fit the query. */
  readonly entries: readonly HomeEntry[];
  /** Rows of the list. */
  readonly page: number;
  /** Furthest that the help can be scrolled. */
  readonly lastOffset: number;
}

/** Result of a key: the next screen state, its end, or a suspended process. */
export type HomeOutcome =
  {readonly home: HomeState} | {readonly argv: readonly string[] | undefined} | {readonly suspend: true};

type Table = KeyTable<HomeMoment, HomeOutcome>;
type Row = Binding<HomeMoment, HomeOutcome>;

const typing = typingKeys<HomeMoment, HomeOutcome>({
  text: ({home}) => home.query,
  changed: ({home}, query) => looking(home, query),
  // Longer than a run's id.
  longest: 60,
  words: {erase: 'erase a character of the search', clear: 'clear the search'},
});

export const leave: Row = {keys: ['ctrl-c'], shown: 'Ctrl-C', help: 'leave', run: () => ({argv: undefined})};
export const suspend: Row = {
  keys: ['ctrl-z'],
  shown: 'Ctrl-Z',
  help: 'suspend; fg comes back',
  run: () => ({suspend: true}),
};

export const homeKeys: Table = {
  title: 'Home',
  bindings: [
    ...moves('choose', ({home, entries}, by) => ({
      ...home,
      chosen: Math.max(0, Math.min(home.chosen + by, entries.length - 1)),
    })),
    ...typing.bindings,
    {
      keys: ['tab'],
      shown: 'Tab',
      help: 'run a runbook as a plan: look, show what would be changed, change nothing',
      hint: 'only plan it',
      run: (moment) => chosen(moment, ({planArgv}) => planArgv),
    },
    {
      keys: ['right'],
      shown: '→',
      help: 'set the inputs of a runbook; one that needs some asks by itself',
      hint: 'inputs',
      enabled: ({home, entries}) => entries[home.chosen]?.fields !== undefined,
      run: ({home, entries}) => withForm(home, entries[home.chosen]),
    },
    {
      keys: ['enter'],
      shown: 'Enter',
      help: 'run the runbook, go on with the run, or watch it; nothing is changed before you agree',
      hint: 'go',
      run: (moment) => chosen(moment, ({argv}) => argv),
    },
    {
      keys: ['?'],
      shown: '?',
      help: 'this help',
      hint: 'help',
      run: ({home}) => ({home: {...home, help: true, offset: 0}}),
    },
    {
      keys: ['escape'],
      shown: 'Esc',
      help: 'clear the search; then leave',
      hint: 'leave',
      run: ({home}) => (home.query === '' ? {argv: undefined} : looking(home, '')),
    },
    {
      // Multiplexers join Esc and a following Enter. The Esc counts, and the Enter starts nothing.
      keys: ['alt-enter'],
      shown: 'Esc Enter',
      help: 'clear the search, also where both come as Alt-Enter',
      run: ({home}) => looking(home, ''),
    },
    leave,
    suspend,
  ],
  otherwise: typing.otherwise,
  pasted: typing.pasted,
};

export const homeHelpKeys: Table = {
  title: 'The help at home',
  bindings: [
    ...moves('scroll', ({home, lastOffset}, by) => ({
      ...home,
      offset: Math.max(0, Math.min(home.offset + by, lastOffset)),
    })),
    {
      keys: ['escape', 'alt-enter', 'left', '?'],
      shown: 'Esc',
      help: 'go back',
      hint: 'back',
      run: ({home}) => ({home: {...home, help: false}}),
    },
    leave,
    suspend,
  ],
};

function moves(hint: string, to: (moment: HomeMoment, by: number) => HomeState): readonly Row[] {
  const by =
    (distance: (page: number) => number) =>
    (moment: HomeMoment): HomeOutcome => ({
      home: to(moment, distance(Math.max(1, moment.page - 2))),
    });
  return [
    {keys: ['up'], shown: '↑', help: 'the line above', run: by(() => -1)},
    {keys: ['down'], shown: '↓', help: 'the line below', hint, hintKeys: '↑↓', run: by(() => 1)},
    {keys: ['pageup'], shown: 'PgUp', help: 'a page up', run: by((page) => -page)},
    {keys: ['pagedown'], shown: 'PgDn', help: 'a page down', run: by((page) => page)},
    {keys: ['home'], shown: 'Home', help: 'to the top', run: by(() => -Infinity)},
    {keys: ['end'], shown: 'End', help: 'to the end', run: by(() => Infinity)},
  ];
}

function looking(home: HomeState, query: string): HomeOutcome {
  return {home: {...home, query, chosen: 0}};
}

/** Takes the chosen entry's command. One that lacks inputs is asked for them first. */
function chosen(
  {home, entries}: HomeMoment,
  commandOf: (entry: HomeEntry) => readonly string[] | undefined,
): HomeOutcome {
  const entry = entries[home.chosen];
  const argv = entry === undefined ? undefined : commandOf(entry);
  if (argv === undefined) return {home};
  return needsForm(entry?.fields) ? withForm(home, entry) : {argv};
}

function withForm(home: HomeState, entry: HomeEntry | undefined): HomeOutcome {
  if (entry?.fields === undefined) return {home};
  return {home: {...home, form: formFor(entry.argv, entry.purpose, entry.fields)}};
}
