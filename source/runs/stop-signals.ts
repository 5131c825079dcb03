import type {Interruption} from '../engine/run.ts';
import {log} from '../log/log.ts';

/** Signals that ask a run to stop: Ctrl-C, a polite kill, a terminal that went away. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Stops a run: the first request gently, the second at once. A terminal that goes away shows twice, as SIGHUP
 * and as a broken stream. That counts as one request: calls in flight still finish.
 */
export interface Stopper {
  readonly interruption: Interruption;
  /** Asks to stop; `signal` is written to the journal. */
  stop(signal: string): void;
  /**
   * True if the reader of the output went away, so that the end cannot be printed. Absent where that cannot
   * happen.
   */
  outputGone?(): boolean;
  /** Leaves the process's signals alone again. */
  release(): void;
}

/** Listens for the process's signals and for lost output. */
export function stopOnSignals(): Stopper {
  const gently = new AbortController();
  const atOnce = new AbortController();
  let hungUp = false;
  let outputGone = false;
  const request = (signal: string): void => {
    log('asked to stop', {by: signal});
    if (!gently.signal.aborted) gently.abort(signal);
    else if (signal !== 'SIGHUP') atOnce.abort(signal);
  };
  // Called by the view: no keys come from a lost terminal.
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
  // Without a listener, an error of these streams ends the process. Node itself asks a lost terminal for its
  // size (seen: `getWindowSize EIO` from stderr at a hang-up).
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
  // A failed write to stderr is not worth ending the run.
}
