import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {projectRoot} from './project.ts';

/** An npm package of which files went into a bundle. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression; undefined where its manifest names none. */
  readonly license: string | undefined;
  /** The license's text; empty where the package brings none. */
  readonly licenseText: string;
}

/** Returns the packages of bundled files, sorted, each version once. The project's own files belong to none. */
export function packagesOf(inputs: readonly string[]): readonly BundledPackage[] {
  const folders = new Set(inputs.flatMap((input) => folderOf(input) ?? []));
  const packages = [...folders].map((folder) => packageIn(join(projectRoot, folder)));
  const byName = new Map(packages.map((one) => [`${one.name} ${one.version}`, one]));
  return [...byName].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

/** The package's folder of a bundled file; undefined for the project's own files. */
function folderOf(input: string): string | undefined {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
}

function packageIn(folder: string): BundledPackage {
  const {name, version, license} = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string;
  };
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  const licenseText = file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim();
  return {name, version, license, licenseText};
}
