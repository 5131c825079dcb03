import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';

/** Returns the lines of a SHA256SUMS file over files of a folder, as `sha256sum --check` reads them. */
export function checksumLines(folder: string, names: readonly string[]): string {
  return names
    .toSorted()
    .map((name) => `${sha256(join(folder, name))}  ${name}\n`)
    .join('');
}

function sha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
