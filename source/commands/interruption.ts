import type {Interruption} from '../engine/run.ts';

/** Signals that ask a run to stop: Ctrl-C, a polite kill, a terminal that went away. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A way to stop a run: the first request stops gently, the second at once. */
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
  const stop = (signal: string): void => {
    if (gently.signal.aborted) atOnce.abort(signal);
    else gently.abort(signal);
  };
  const handlers = signals.map((signal) => ({signal, handler: () => stop(signal)}));
  for (const {signal, handler} of handlers) process.on(signal, handler);
  return {
    interruption: {gently: gently.signal, atOnce: atOnce.signal},
    stop,
    release: () => {
      for (const {signal, handler} of handlers) process.off(signal, handler);
    },
  };
}
