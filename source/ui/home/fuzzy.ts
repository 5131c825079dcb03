/**
 * Scores a query against a name and its description. Each word must occur: as letters in order in the name, or
 * as written in the description. Letters in order occur in any sentence. Higher is better; undefined without a
 * match. Adjacent letters and beginnings of words count for more.
 */
export function fuzzyScore(query: string, name: string, rest = ''): number | undefined {
  let total = 0;
  for (const word of query.toLowerCase().split(/\s+/).filter(Boolean)) {
    const score = wordScore(word, name.toLowerCase()) ?? (rest.toLowerCase().includes(word) ? 1 : undefined);
    if (score === undefined) return undefined;
    total += score;
  }
  return total;
}

function wordScore(word: string, text: string): number | undefined {
  const whole = text.indexOf(word);
  if (whole >= 0) return 10 * word.length + (isWordStart(text, whole) ? 5 : 0);
  let score = 0;
  let at = -1;
  for (const letter of word) {
    const next = text.indexOf(letter, at + 1);
    if (next < 0) return undefined;
    score += next === at + 1 ? 3 : isWordStart(text, next) ? 2 : 0;
    at = next;
  }
  return score;
}

function isWordStart(text: string, index: number): boolean {
  return index === 0 || !/[a-z0-9]/.test(text[index - 1] ?? '');
}
