import type {KeyEvent} from '../terminal/input-event.ts';

/** Esc, or Esc that a multiplexer joined with the next key. */
export const escapeKeys = ['escape', 'alt-enter'] as const;

/** A key with its purpose and its handler. The help, the hints and docs/keys.md are made of the same rows. */
export interface Binding<State, Outcome> {
  /** Names of the keys, as the decoder gives them. */
  readonly keys: readonly string[];
  /** Spelling of the keys in the help. */
  readonly shown: string;
  /** Its action, for the help. */
  readonly help: string;
  /** The word in the line of hints, as things stand where it changes; absent: only the help names it. */
  readonly hint?: string | ((state: State) => string);
  /** The keys in the line of hints, where they are written shorter there or one hint stands for several rows. */
  readonly hintKeys?: string;
  /** It changes the run, or leaves it: a replay has no use for it. */
  readonly live?: true;
  /** Returns true if it is usable now: only then is it hinted at. Absent: always. */
  readonly enabled?: (state: State) => boolean;
  readonly run: (state: State, key: KeyEvent) => Outcome;
}

/** The keys of one place on a screen. */
export interface KeyTable<State, Outcome> {
  readonly title: string;
  readonly bindings: readonly Binding<State, Outcome>[];
  /** Handles any other key, where text is typed. */
  readonly otherwise?: (state: State, key: KeyEvent) => Outcome | undefined;
  /** Handles a paste, where text is typed. */
  readonly pasted?: (state: State, text: string) => Outcome;
}

/** Handles a key in a place. Returns undefined when the key has no use there. */
export function pressedIn<State, Outcome>(
  table: KeyTable<State, Outcome>,
  state: State,
  key: KeyEvent,
): Outcome | undefined {
  const binding = table.bindings.find(({keys}) => keys.includes(key.name));
  return binding === undefined ? table.otherwise?.(state, key) : binding.run(state, key);
}

/** The rows of a table that stand in the help; a replay's help leaves out those that act on the run. */
export interface HelpSection {
  readonly title: string;
  readonly bindings: readonly {readonly shown: string; readonly help: string; readonly live?: true}[];
}
