/**
 * How well a query fits a name and what is said about it. Every word of it has to occur: as letters in order in the
 * name, or as it stands in the rest, for any letters occur in order in a sentence. Higher is better; undefined when it
 * does not fit. Letters that follow each other, or begin a word, count for more.
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
