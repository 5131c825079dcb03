const endings = ['th', 'st', 'nd', 'rd'];

/** Formats the difference between a typed text and the wanted one, so that the operator can correct it. */
export function difference(typed: string, wanted: string): string {
  const [is, should] = [Array.from(typed), Array.from(wanted)];
  if (typed.trim() === wanted) {
    const [front, end] = [typed.trimStart() !== typed, typed.trimEnd() !== typed];
    return front && end
      ? 'Not the exact text: spaces at both ends.'
      : `Not the exact text: a space at the ${front ? 'start' : 'end'}.`;
  }
  if (typed.toLowerCase() === wanted.toLowerCase()) {
    return `Not the exact text: ${place(is, should)} is in the other case.`;
  }
  if (wanted.startsWith(typed)) return `Not the exact text yet: ${missing(should.length - is.length)}.`;
  if (typed.startsWith(wanted)) return 'Not the exact text: something follows it.';
  return `Not the exact text: it differs at ${place(is, should)}.`;
}

/** Returns the index at which two texts first differ. */
function place(is: readonly string[], should: readonly string[]): string {
  const at = is.findIndex((letter, index) => letter !== should[index]);
  const number = at < 0 ? is.length + 1 : at + 1;
  return `the ${ordinal(number)} letter`;
}

function ordinal(number: number): string {
  const teen = number % 100 >= 11 && number % 100 <= 13;
  const ending = teen ? undefined : endings[number % 10];
  return `${number}${ending ?? 'th'}`;
}

function missing(letters: number): string {
  return letters === 1 ? 'the last letter is missing' : `the last ${letters} letters are missing`;
}
