import {copyFileSync, mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {bundle} from './bundle.ts';
import {projectRoot} from './project.ts';

/**
 * Makes a program that runs from a folder by itself: `handrail.cjs`, which checks Node's version, `start.cjs`, which
 * starts quickly, and `main.js`, which is everything. Returns the files that went into it.
 */
export async function program(entry: string, folder: string): Promise<{inputs: readonly string[]}> {
  mkdirSync(folder, {recursive: true});
  for (const [from, to] of [
    ['entry.cjs', 'handrail.cjs'],
    ['start.cjs', 'start.cjs'],
  ] as const) {
    copyFileSync(join(projectRoot, 'scripts/build', from), join(folder, to));
  }
  return bundle({entry, outfile: join(folder, 'main.js')});
}
