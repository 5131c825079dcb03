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
  /** Whether whatever read the output went away: the end cannot be said there. Absent where that cannot happen. */
  outputGone?(): boolean;
  /** Leaves the process's signals alone again. */
  release(): void;
}

/** Listens for the process's signals, and for what it writes to going away. */
export function stopOnSignals(): Stopper {
  const gently = new AbortController();
  const atOnce = new AbortController();
  let hungUp = false;
  let outputGone = false;
  const request = (signal: string): void => {
    if (!gently.signal.aborted) gently.abort(signal);
    else if (signal !== 'SIGHUP') atOnce.abort(signal);
  };
  // From the view: nobody can press anything on a terminal that is gone.
  const stop = (signal: string): void => {
    if (!hungUp) request(signal);
  };
  const hangUp = (): void => {
    hungUp = true;
    request('SIGHUP');
  };
  const lost = (): void => {
    outputGone = true;
    hangUp();
  };
  const handlers = signals.map((signal) => ({
    signal,
    handler: signal === 'SIGHUP' ? hangUp : () => request(signal),
  }));
  for (const {signal, handler} of handlers) process.on(signal, handler);
  // Without a listener an error of these streams ends the process, and Node itself asks a terminal that is gone for
  // its size (seen: `getWindowSize EIO` from stderr at a hang-up).
  process.stdout.on('error', lost);
  process.stderr.on('error', ignore);
  return {
    interruption: {gently: gently.signal, atOnce: atOnce.signal},
    stop,
    outputGone: () => outputGone,
    release: () => {
      for (const {signal, handler} of handlers) process.off(signal, handler);
      process.stdout.off('error', lost);
      process.stderr.off('error', ignore);
    },
  };
}

function ignore(): void {
  // What cannot be said on stderr is not worth the run.
}
