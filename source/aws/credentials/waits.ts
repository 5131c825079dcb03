/** Time before an awaited task is named, in ms. */
const namedAfterMs = 1000;

/** Names the awaited task; undefined when the wait is over. */
export type SayWaiting = (what: string | undefined) => void;

/** Runs a task and names it to the operator when it takes long. `said` adds the task's messages. */
export type NamedWait = <T>(what: string, work: (said: (line: string) => void) => Promise<T>) => Promise<T>;

/** Names the awaited task after a second, so that no operator has to guess. */
export function namedWaits(say: SayWaiting | undefined): NamedWait {
  return async (what, work) => {
    let named = false;
    let last = '';
    const speak = (): void => say?.(`Waiting for ${what}${last === '' ? '' : `: ${last}`}`);
    const timer = setTimeout(() => {
      named = true;
      speak();
    }, namedAfterMs);
    try {
      return await work((line) => {
        last = line;
        if (named) speak();
      });
    } finally {
      clearTimeout(timer);
      if (named) say?.(undefined);
    }
  };
}

/** The interruption came while credentials were waited for. */
export class WaitInterrupted extends Error {
  override readonly name = 'WaitInterrupted';

  constructor() {
    super('interrupted while the credentials were waited for: nothing was sent');
  }
}

/**
 * Runs a task, or stops at the interruption if that comes first. A known result needs no wait. Throws {@link
 * WaitInterrupted}.
 */
export function unlessInterrupted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      setImmediate(() => reject(new WaitInterrupted()));
    };
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, {once: true});
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
