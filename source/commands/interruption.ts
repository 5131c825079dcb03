import type {Interruption} from '../engine/run.ts';

/** Signals that ask a run to stop: Ctrl-C, a polite kill, a terminal that went away. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * A way to stop a run: the first request stops gently, the second at once. A terminal that goes away shows twice, as
 * SIGHUP and as a broken stream, and nobody is in a hurry there: what is under way is still finished.
 */
export interface Stopper {
  readonly interruption: Interruption;
  /** Asks to stop; `signal` is written to the journal. */
  stop(signal: string): void;
  /** Leaves the process's signals alone again. */
  release(): void;
}

/** Listens for the process's signals. */
export function stopOnSignals(): Stopper {
  const gently = new AbortController();
  const atOnce = new AbortController();
  let hungUp = false;
  const request = (signal: string): void => {
    if (!gently.signal.aborted) gently.abort(signal);
    else if (signal !== 'SIGHUP') atOnce.abort(signal);
  };
  // From the view: nobody can press anything on a terminal that is gone.
  const stop = (signal: string): void => {
    if (!hungUp) request(signal);
  };
  const handlers = signals.map((signal) => ({
    signal,
    handler: () => {
      hungUp ||= signal === 'SIGHUP';
      request(signal);
    },
  }));
  for (const {signal, handler} of handlers) process.on(signal, handler);
  return {
    interruption: {gently: gently.signal, atOnce: atOnce.signal},
    stop,
    release: () => {
      for (const {signal, handler} of handlers) process.off(signal, handler);
    },
  };
}
