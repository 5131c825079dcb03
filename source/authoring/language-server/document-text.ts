/** A place in a text, from 0, in the units of a JavaScript string, as editors count. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Returns the offset of a position; the end of its line for a character beyond it. */
export function offsetAt(text: string, {line, character}: Position): number {
  let start = 0;
  for (let at = 0; at < line; at += 1) {
    const end = text.indexOf('\n', start);
    if (end < 0) return text.length;
    start = end + 1;
  }
  const end = text.indexOf('\n', start);
  return Math.min(start + character, end < 0 ? text.length : end);
}

/** The line that an offset is in, up to the offset. */
export function lineBefore(text: string, offset: number): string {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
}

/** The position of an offset. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset).split('\n');
  return {line: before.length - 1, character: before.at(-1)?.length ?? 0};
}
