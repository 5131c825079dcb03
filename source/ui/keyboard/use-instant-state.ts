import {use, useState} from 'react';
import {SessionContext} from '../terminal/ink-session.tsx';

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
 * gets fewer frames than there are keys.
 */
export function useHeld<T>(first: T): readonly [() => T, (next: T) => void] {
  const session = use(SessionContext);
  const [held] = useState(() => new Held(first));
  return [
    held.get,
    (next) => {
      held.set(next);
      session?.frames.now();
    },
  ];
}
