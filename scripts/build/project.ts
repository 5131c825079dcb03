import {readFileSync} from 'node:fs';
import {join, resolve} from 'node:path';

/** The folder of package.json. */
export const projectRoot = resolve(import.meta.dirname, '../..');

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly engines: {readonly node: string};
  /** Folder of the source. */
  readonly repository?: unknown;
}

export function manifest(): Manifest {
  return JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as Manifest;
}
