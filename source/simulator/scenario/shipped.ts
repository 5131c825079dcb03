import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

// A constant of a bundle, which carries the scenarios inside (scripts/build/embedded.ts). The source reads its files.
declare const HANDRAIL_SCENARIOS: string | undefined;

const embedded =
  typeof HANDRAIL_SCENARIOS === 'undefined'
    ? undefined
    : (JSON.parse(HANDRAIL_SCENARIOS) as Readonly<Record<string, string>>);

/** Prefix of the shipped scenarios' paths. A bundle has no such folder. */
const folder = embedded === undefined ? fileURLToPath(new URL('../scenarios', import.meta.url)) : 'handrail:';

/** The file names of the shipped scenarios. */
export function shippedFiles(): readonly string[] {
  return embedded === undefined ? readdirSync(folder) : Object.keys(embedded);
}

/** The path of a shipped scenario's file. */
export function shippedFile(name: string): string {
  return join(folder, name);
}

/** A scenario's text, shipped or not. Throws a file system's error. */
export function scenarioText(file: string): string {
  const shipped = file.startsWith('handrail:/') ? embedded?.[file.slice('handrail:/'.length)] : undefined;
  return shipped ?? readFileSync(file, 'utf8');
}
