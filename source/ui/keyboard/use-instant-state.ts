import {useReducer, useState} from 'react';

/** A value outside of React's own state. */
class Held<T> {
  #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  readonly get = (): T => this.#value;

  readonly set = (value: T): void => {
    this.#value = value;
  };
}

/**
 * State that keys act on at once, drawn or not: several keys can arrive before the next frame, and a slow terminal
 * gets fewer frames than there are keys. `redraw` has it drawn; at once when absent.
 */
export function useHeld<T>(first: T, redraw?: () => void): readonly [() => T, (next: T) => void] {
  const [held] = useState(() => new Held(first));
  const [, drawNow] = useReducer((drawn: number) => drawn + 1, 0);
  return [
    held.get,
    (next) => {
      held.set(next);
      (redraw ?? drawNow)();
    },
  ];
}
