/** Members of a terminal's stream that its types lack. */
interface Blockable {
  readonly _handle?: {setBlocking?: (on: boolean) => number};
}

/**
 * Lets writes to a terminal wait in the stream instead of in the process. Node writes to terminals
 * synchronously; one that reads 3 KB/s would stop all work for seconds. Returns a function that undoes it.
 */
export function withoutBlocking(stdout: NodeJS.WriteStream): () => void {
  const handle = (stdout as Blockable)._handle;
  if (handle?.setBlocking === undefined) return () => {};
  handle.setBlocking(false);
  return () => handle.setBlocking?.(true);
}

/** Resolves when the terminal has taken all that was written, or is gone. */
export function written(stdout: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stdout.writableLength === 0 || stdout.destroyed) resolve();
    else stdout.write('', () => resolve());
  });
}
