import {readdirSync} from 'node:fs';
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

/** The names of the runbooks that come with Handrail, sorted. */
export function shippedRunbooks(): readonly string[] {
  const files =
    embeddedRunbooks === undefined ? readdirSync(runbooksFolder()) : Object.keys(embeddedRunbooks);
  return files
    .filter((file) => /^[^/]+\.yaml$/.test(file))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();
}
