import {hintsOf} from '../keyboard/key-hints.tsx';
import type {KeyTable} from '../keyboard/key-table.ts';
import type {Line} from '../../text/line.ts';

/** Ways to the process that has a watched run. */
export interface Holder {
  /** Returns true while a process has the run. */
  readonly isThere: () => boolean;
  /** Asks it to hand the run over. */
  readonly ask: () => void;
  /** Renews that wish. */
  readonly renew: () => void;
  /** Takes the wish back. */
  readonly forget: () => void;
}

/** `held`: a process has the run · `asked`: it was asked to hand it over · `free`: nobody has it. */
export type Hold = 'held' | 'asked' | 'free';

/** A watched run that can be taken over, once the process that has it lets go. */
export class TakeOver {
  readonly #holder: Holder;
  #hold: Hold = 'held';

  constructor(holder: Holder) {
    this.#holder = holder;
    this.#hold = holder.isThere() ? 'held' : 'free';
  }

  get hold(): Hold {
    return this.#hold;
  }

  /** Looks whether the run is free. Returns true if that has changed. */
  look(): boolean {
    const before = this.#hold;
    if (!this.#holder.isThere()) this.#hold = 'free';
    else if (before === 'free') this.#hold = 'held';
    if (this.#hold === 'asked') this.#holder.renew();
    return this.#hold !== before;
  }

  /** Asks for the run, or takes the wish back. */
  ask(): void {
    if (this.#hold === 'held') {
      this.#holder.ask();
      this.#hold = 'asked';
    } else if (this.#hold === 'asked') {
      this.#holder.forget();
      this.#hold = 'held';
    }
  }

  /** The watcher has left: nobody asks any more. */
  end(): void {
    if (this.#hold === 'asked') this.#holder.forget();
  }
}

/** What a key of a watcher does. */
export type Wish = 'ask' | 'go-on';

/** The keys of a watcher, besides those of a replay. */
export const watchKeys: KeyTable<Hold, Wish> = {
  title: 'A run that is watched',
  bindings: [
    {
      keys: ['t'],
      shown: 't',
      help: 'ask the terminal that has the run to hand it over; again: take that back',
      hint: (hold) => (hold === 'asked' ? 'ask no more' : 'take over'),
      enabled: (hold) => hold !== 'free',
      run: () => 'ask',
    },
    {
      keys: ['g'],
      shown: 'g',
      help: 'go on with the run here, once no process has it',
      hint: 'go on here',
      enabled: (hold) => hold === 'free',
      run: () => 'go-on',
    },
  ],
};

/** The keys of a watcher that have a use now: the others are the list's own. */
export function watchKeysNow(hold: Hold): typeof watchKeys {
  return {...watchKeys, bindings: watchKeys.bindings.filter(({enabled}) => enabled?.(hold) !== false)};
}

export function watchHints(hold: Hold): readonly Line[] {
  return hintsOf(watchKeys.bindings, hold);
}

/** What a watcher may do now, for the rule below the header; undefined: it is only watched. */
export function holdCaption(hold: Hold): string | undefined {
  if (hold === 'free') return 'WATCHING: no process has it now; g goes on with it here';
  return hold === 'asked' ? 'WATCHING: asked for it: its own terminal hands it over, or not' : undefined;
}
