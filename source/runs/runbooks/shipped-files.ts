import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

// A constant of a bundle, which carries these texts inside (scripts/build/embedded.ts). The source reads its files.
declare const HANDRAIL_RUNBOOKS: string | undefined;

/** Texts of the shipped runbooks by their path; undefined where they are files in {@link runbooksFolder}. */
export const embeddedRunbooks =
  typeof HANDRAIL_RUNBOOKS === 'undefined'
    ? undefined
    : (JSON.parse(HANDRAIL_RUNBOOKS) as Readonly<Record<string, string>>);

/** Returns the folder of the shipped runbooks when running from source. */
export function runbooksFolder(): string {
  return fileURLToPath(new URL('../../../runbooks', import.meta.url));
}

/** The names of the runbooks that come with Handrail and need no further AWS client, sorted. */
export function shippedRunbooks(): readonly string[] {
  const files =
    embeddedRunbooks === undefined ? readdirSync(runbooksFolder()) : Object.keys(embeddedRunbooks);
  return namesIn(files);
}

/** Folder of the library, within that of the shipped runbooks. */
export const library = 'library/';

/** The names of the runbooks of the library, sorted. They are about other services, and need the clients of those. */
export function libraryRunbooks(): readonly string[] {
  if (embeddedRunbooks === undefined) return namesIn(readdirSync(join(runbooksFolder(), library)));
  return namesIn(
    Object.keys(embeddedRunbooks)
      .filter((file) => file.startsWith(library))
      .map((file) => file.slice(library.length)),
  );
}

/** The title of a runbook of the library, without reading all of it. */
export function libraryTitle(name: string): string {
  const file = `${library}${name}.yaml`;
  const text = embeddedRunbooks?.[file] ?? readFileSync(join(runbooksFolder(), file), 'utf8');
  return /^title: (.*)$/m.exec(text)?.[1] ?? name;
}

function namesIn(files: readonly string[]): readonly string[] {
  return files
    .filter((file) => /^[^/]+\.yaml$/.test(file))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();
}
