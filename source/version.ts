import {readFileSync} from 'node:fs';

// A constant of a bundle (scripts/build/embedded.ts). The source reads its package.json.
declare const HANDRAIL_VERSION: string | undefined;

/** Returns Handrail's version. */
export function version(): string {
  if (typeof HANDRAIL_VERSION !== 'undefined') return HANDRAIL_VERSION;
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return String((manifest as {version: unknown}).version);
}
