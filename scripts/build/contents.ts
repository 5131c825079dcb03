import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {BundledPackage as Listed} from '../../source/cli/bundled-packages.ts';
import {licenseOf} from './licenses.ts';
import type {BundledPackage} from './packages.ts';

/** Value of the constant HANDRAIL_PACKAGES while it is not known which packages a bundle takes in. */
export const placeholder = '@@packages@@';

/** Writes the packages of a bundle into its chunk that lists them. A bundle without such a chunk stays as it is. */
export function fillInContents(folder: string, packages: readonly BundledPackage[]): void {
  const listed = packages.map((one): Listed => ({
    name: one.name,
    version: one.version,
    license: licenseOf(one),
  }));
  const text = JSON.stringify(JSON.stringify(listed));
  const chunks = join(folder, 'chunks');
  for (const name of readdirSync(chunks)) {
    const file = join(chunks, name);
    const code = readFileSync(file, 'utf8');
    // A function, since a license may hold what a replacement pattern means.
    if (code.includes(placeholder))
      writeFileSync(
        file,
        code.replaceAll(quoted, () => text),
      );
  }
}

const quoted = new RegExp(`(["'\`])${placeholder}\\1`, 'g');
