import {readFileSync, statSync} from 'node:fs';
import {UsageError} from '../../cli/usage-error.ts';

/** A list of 10,000 accounts has about 4 MB. */
const maxBytes = 32_000_000;

/** Returns the text of a file of accounts. Waits for no pipe and no device. Throws {@link UsageError}. */
export function listText(file: string): string {
  try {
    const stats = statSync(file);
    if (!stats.isFile())
      throw new UsageError(`${file} is not a file: --accounts takes org or a file of accounts`);
    if (stats.size > maxBytes)
      throw new UsageError(`${file} is larger than ${maxBytes / 1_000_000} MB: no list of accounts`);
    return new TextDecoder('utf-8', {fatal: true}).decode(readFileSync(file));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    if (error instanceof TypeError) throw new UsageError(`${file} is not UTF-8; save it as UTF-8`);
    const {code} = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`;
    throw new UsageError(`${file}: ${why}; --accounts takes org or a file of accounts`);
  }
}
