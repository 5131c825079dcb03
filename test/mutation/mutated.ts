import type {Mutant} from './mutant.ts';

/** Returns the text of a mutant's file with the wrong line. Throws when the line is not there exactly once. */
export function mutated({file, find, replace}: Mutant, text: string): string {
  const times = text.split(find).length - 1;
  if (times !== 1) throw new Error(`${file}: this text occurs ${times} times, not once:\n${find}`);
  return text.replace(find, () => replace);
}
