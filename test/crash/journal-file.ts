import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';

/** The journal in a state folder, once there is one with a whole record in it: before that, no run has begun. */
export function journalFile(stateHome: string): string | undefined {
  return journalsIn(stateHome).find((file) => readFileSync(file).includes(0x0a));
}

/** How many writes have come to lie in a state folder's journal whole. */
export function wholeWrites(stateHome: string): number {
  const [file] = journalsIn(stateHome);
  if (file === undefined) return 0;
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  // All but the last record of a write say that more follow.
  return lines.filter((line) => !/,"more":true,"hash":"[0-9a-f]{64}"\}$/.test(line)).length;
}

export function journalsIn(stateHome: string): readonly string[] {
  const folder = join(stateHome, 'handrail');
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.jsonl'))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}
