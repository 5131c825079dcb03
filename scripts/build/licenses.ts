import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {projectRoot} from './project.ts';

/** Joins the licenses of all bundled packages: bundling does not void them. */
export function licensesOf(inputs: readonly string[]): string {
  const folders = new Set(inputs.flatMap((input) => folderOf(input) ?? []));
  return [...folders]
    .toSorted()
    .map((folder) => licenseOf(join(projectRoot, folder)))
    .join(`\n${'-'.repeat(80)}\n\n`);
}

/** The package's folder of a bundled file; undefined for the project's own files. */
function folderOf(input: string): string | undefined {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
}

function licenseOf(folder: string): string {
  const {name, version, license} = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string;
  };
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  const text =
    file === undefined || !existsSync(join(folder, file)) ? '' : readFileSync(join(folder, file), 'utf8');
  return `${name} ${version} (${license ?? 'see below'})\n\n${text.trim()}\n`;
}
