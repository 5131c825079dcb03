import type {ChildProcessWithoutNullStreams} from 'node:child_process';

/** Resolves when a process has said what `find` looks for. It may go on talking: its output is read to its end. */
export function untilSaid<T>(
  {stdout, stderr}: Pick<ChildProcessWithoutNullStreams, 'stdout' | 'stderr'>,
  find: (said: string) => T | undefined,
): Promise<T> {
  const {promise, resolve, reject} = Promise.withResolvers<T>();
  let said = '';
  const hear = (chunk: Buffer): void => {
    // Enough for what is looked for, and for the reason where it never comes.
    if (said.length < 1_000_000) said += chunk.toString();
    const found = find(said);
    if (found !== undefined) resolve(found);
  };
  stdout.on('data', hear);
  stderr.on('data', hear);
  stdout.on('end', () => reject(new Error(`the process has ended: ${said.slice(-2000)}`)));
  return promise;
}
