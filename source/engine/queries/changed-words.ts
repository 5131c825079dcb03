import type {Lane, RunState} from '../model/state.ts';

/**
 * Returns what became of a column's changes in a lane, in the words of its steps from index `from` on: those of the
 * changes, or of a wait that has seen what became of them.
 */
export function changedWords({steps}: RunState, lane: Lane, column: string, from = 0): readonly string[] {
  return steps.slice(from).reduce<readonly string[]>((words, {id, column: own, does}) => {
    const result = lane.results[id];
    if (own !== column || result?.status !== 'succeeded' || (result.summary ?? '') === '') return words;
    if (does === 'change') return (result.count ?? 0) > 0 ? [...words, result.summary ?? ''] : words;
    return does === 'wait' && words.length > 0 && (result.reached ?? 0) > 0 ? [result.summary ?? ''] : words;
  }, []);
}

const counted = /^(\d+) (.+)$/s;

/** Adds up words such as `1 cancelled` and `1 cancelled, 1 refused`: `2 cancelled, 1 refused`. */
export function addedWords(words: readonly string[]): string {
  const parts = words.flatMap((text) => text.split(', '));
  const numbers = new Map<string, number>();
  for (const part of parts) {
    const [, number, word] = counted.exec(part) ?? [];
    if (number === undefined || word === undefined) return [...new Set(words)].join(', ');
    numbers.set(word, (numbers.get(word) ?? 0) + Number(number));
  }
  return [...numbers].map(([word, number]) => `${number} ${word}`).join(', ');
}

/** The words of every column of a lane that is taken back to a step, those of earlier rounds among them. */
export function keptWords(state: RunState, lane: Lane, target: number): Lane['changedBefore'] {
  const columns = new Set(state.steps.flatMap(({column}) => column ?? []));
  const kept = [...columns].flatMap((column): readonly (readonly [string, string])[] => {
    const words = [lane.changedBefore?.[column] ?? [], changedWords(state, lane, column, target)].flat();
    return words.length === 0 ? [] : [[column, addedWords(words)]];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
