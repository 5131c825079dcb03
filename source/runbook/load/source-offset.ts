/**
 * Finds the offset of a YAML scalar's character in its source: past the quote or block header, counting folds and
 * indentation. `source` is the scalar as written; `index` counts in `value`. Returns 0 when the two cannot be
 * aligned, as with unusual escapes.
 */
export function sourceOffset(source: string, style: string, value: string, index: number): number {
  const block = style === 'BLOCK_FOLDED' || style === 'BLOCK_LITERAL';
  const quoted = style === 'QUOTE_DOUBLE' || style === 'QUOTE_SINGLE';
  let at = block ? source.indexOf('\n') + 1 : Number(quoted);
  for (let position = 0; position <= index; position += 1) {
    const wanted = value[position];
    if (wanted === undefined) return at < source.length ? at : 0;
    if (isSpace(wanted)) {
      // A run of white space in the value is a run in the source, even where folding changed its line ends.
      if (position === index) return at;
      if (isSpace(value[position + 1])) continue;
      while (isSpace(source[at])) at += 1;
      continue;
    }
    while (isSpace(source[at])) at += 1;
    const escaped =
      style === 'QUOTE_DOUBLE' ? source[at] === '\\' : source.startsWith("''", at) && wanted === "'";
    if (escaped && style !== 'PLAIN' && !block) at += 1;
    if (source[at] !== wanted) return 0;
    if (position === index) return at;
    at += 1;
  }
  return 0;
}

function isSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\n' || character === '\t' || character === '\r';
}
