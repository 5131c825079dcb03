import {copyFileSync, mkdirSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {bundle} from './bundle.ts';
import {fillInContents} from './contents.ts';
import {packagesOf, type BundledPackage} from './packages.ts';
import {projectRoot} from './project.ts';

/**
 * Makes a program that runs from a folder by itself: `handrail.cjs`, which checks Node's version, and the bundle.
 * Returns the packages of which files went into it.
 */
export async function program(entry: string, folder: string): Promise<readonly BundledPackage[]> {
  mkdirSync(folder, {recursive: true});
  // Their names depend on their contents, so chunks of another version would not be replaced.
  rmSync(join(folder, 'chunks'), {recursive: true, force: true});
  copyFileSync(join(projectRoot, 'scripts/build/entry.cjs'), join(folder, 'handrail.cjs'));
  const {inputs} = await bundle({entry, folder});
  const packages = packagesOf(inputs);
  fillInContents(folder, packages);
  return packages;
}
