import stringWidth from 'string-width';
import {QuickSegmenter} from './quick-segmenter.ts';
import {plainText, show} from './show.ts';

const segmenter = new QuickSegmenter('en', {granularity: 'grapheme'});

/** Columns that a shown text takes. */
export function width(shown: string): number {
  return plainText.test(shown) ? shown.length : stringWidth(shown);
}

/** The characters of a shown text, as a reader counts them. */
export function graphemes(shown: string): string[] {
  return Array.from(segmenter.segment(shown), (part) => part.segment);
}

/** The longest run of whole characters from the start that takes at most `columns`. */
function head(parts: readonly string[], columns: number): string {
  let taken = 0;
  let result = '';
  for (const part of parts) {
    taken += width(part);
    if (taken > columns) break;
    result += part;
  }
  return result;
}

/** The longest run of whole characters up to the end that takes at most `columns`. */
function tail(parts: readonly string[], columns: number): string {
  let taken = 0;
  let result = '';
  for (const part of parts.toReversed()) {
    taken += width(part);
    if (taken > columns) break;
    result = part + result;
  }
  return result;
}

/** Shows `text` in at most `columns`; the end gives way. */
export function cutEnd(text: string, columns: number): string {
  const shown = show(text);
  if (width(shown) <= columns) return shown;
  if (columns <= 0) return '';
  return head(graphemes(shown), columns - 1) + '…';
}

/**
 * Shortens `text` to at most `columns`. It cuts the middle and keeps more of the end, which tells ARNs apart.
 */
export function cutMiddle(text: string, columns: number): string {
  const shown = show(text);
  if (width(shown) <= columns) return shown;
  if (columns <= 0) return '';
  const parts = graphemes(shown);
  const start = head(parts, Math.floor((columns - 1) / 3));
  return start + '…' + tail(parts, columns - 1 - width(start));
}

/** Shows `text` in exactly `columns`, at the left. */
export function padEnd(text: string, columns: number): string {
  const cut = cutEnd(text, columns);
  return cut + ' '.repeat(Math.max(0, columns - width(cut)));
}

/** Shows `text` in exactly `columns`, at the right. */
export function padStart(text: string, columns: number): string {
  const cut = cutEnd(text, columns);
  return ' '.repeat(Math.max(0, columns - width(cut))) + cut;
}

/** Shows `text` in lines of at most `columns`, broken at spaces where there are any. A line break in it ends a line. */
export function wrap(text: string, columns: number): string[] {
  return text.split(/\r\n|\n/).flatMap((line) => wrapLine(show(line), Math.max(1, columns)));
}

function wrapLine(shown: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of shown.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (width(joined) <= columns) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (width(line) > columns) {
      // A character wider than the line cannot be shown in it; it is dropped rather than looped over for ever.
      const part = head(graphemes(line), columns) || (graphemes(line)[0] ?? '');
      if (width(part) <= columns) lines.push(part);
      line = line.slice(part.length);
    }
  }
  lines.push(line);
  return lines;
}
