import {setTimeout as sleep} from 'node:timers/promises';

/** Pause between two tries in ms, and the number of tries: calls that are under way end within seconds. */
const pauseMs = 100;
const mostTries = 100;

/**
 * Tries an action again while this process has too many files open. `release` gives back those that it can do without.
 * Throws what the action throws.
 */
export async function whenFilesAreFree<T>(
  action: () => T | Promise<T>,
  release: () => Promise<void>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await action();
    } catch (error) {
      if (tries === mostTries || !isShortOfFiles(error)) throw error;
      await release();
      await sleep(pauseMs);
    }
  }
}

function isShortOfFiles(error: unknown): boolean {
  const {code, cause} = error as NodeJS.ErrnoException;
  return code === 'EMFILE' || code === 'ENFILE' || (cause !== undefined && isShortOfFiles(cause));
}
