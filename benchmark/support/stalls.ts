import {readFileSync} from 'node:fs';
import {join} from 'node:path';

/** How long a program's event loop stood still, from its first connection on, in time of its thread's processor. */
export interface Stalls {
  /** In ms. */
  readonly longest: number;
  /** Number of those above 20 ms. */
  readonly above20: number;
}

/** Variables by which a program writes its stalls to a file in `folder`, and what it wrote. */
export function watchingStalls(folder: string): {env: Record<string, string>; stalls: () => Stalls} {
  const file = join(folder, 'stalls.json');
  return {
    env: {NODE_OPTIONS: `--import ${join(import.meta.dirname, 'stalls.mjs')}`, HANDRAIL_STALLS: file},
    stalls: () => JSON.parse(readFileSync(file, 'utf8')) as Stalls,
  };
}
