import {copyFileSync, mkdirSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {bundle} from './bundle.ts';
import {projectRoot} from './project.ts';

/**
 * Makes a program that runs from a folder by itself: `handrail.cjs`, which checks Node's version, and the bundle.
 * Returns the files that went into it.
 */
export async function program(entry: string, folder: string): Promise<{inputs: readonly string[]}> {
  mkdirSync(folder, {recursive: true});
  // Their names depend on their contents, so chunks of another version would not be replaced.
  rmSync(join(folder, 'chunks'), {recursive: true, force: true});
  copyFileSync(join(projectRoot, 'scripts/build/entry.cjs'), join(folder, 'handrail.cjs'));
  return bundle({entry, folder});
}
