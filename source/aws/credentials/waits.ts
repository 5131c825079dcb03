/** How long something is waited for before it is named, in ms. */
const namedAfterMs = 1000;

/** Says what is waited for; undefined when the wait is over. */
export type SayWaiting = (what: string | undefined) => void;

/** Does some work and names it to the operator when it takes long. `said` adds what the work itself says. */
export type NamedWait = <T>(what: string, work: (said: (line: string) => void) => Promise<T>) => Promise<T>;

/** Names what is waited for after a second: nobody should have to guess what holds a program up. */
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

/** Some work, or the interruption if that comes first: what is known already is no wait. Throws {@link WaitInterrupted}. */
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
