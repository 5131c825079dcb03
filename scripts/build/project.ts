import {readFileSync} from 'node:fs';
import {join, resolve} from 'node:path';

/** The folder of package.json. */
export const projectRoot = resolve(import.meta.dirname, '../..');

export interface Manifest {
  readonly version: string;
  readonly engines: {readonly node: string};
  /** Where the source is to be found. */
  readonly repository?: unknown;
}

export function manifest(): Manifest {
  return JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as Manifest;
}
