import {createHash} from 'node:crypto';
import type {IncludedFile} from './include.ts';

/** SHA-256, in hex, of a runbook's text and of the files that it includes, names and all. */
export function textHash(text: string, included: readonly IncludedFile[]): string {
  const hash = createHash('sha256').update(text);
  for (const file of included) hash.update(`\0${file.name}\0${file.text}`);
  return hash.digest('hex');
}
