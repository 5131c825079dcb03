import {cutEnd, width} from './width.ts';
import {show} from './show.ts';

/** Purpose of a piece of text; the theme picks its color. A tone never stands without a sign or a word. */
export type Tone =
  'title' | 'accent' | 'good' | 'busy' | 'warning' | 'bad' | 'quiet' | 'badge' | 'alarm' | 'selected';

/** A piece of a line. */
export interface Span {
  readonly text: string;
  readonly tone?: Tone | undefined;
}

/** One line of a screen: exactly one row high for any text. */
export type Line = readonly Span[];

/** A piece of a line, fit to show. */
export function span(text: string, tone?: Tone): Span {
  return {text: show(text), tone};
}

export const blank: Line = [];

export function lineWidth(line: Line): number {
  return line.reduce((sum, part) => sum + width(part.text), 0);
}

/** The line in at most `columns`; its end gives way. */
export function fitLine(line: Line, columns: number): Line {
  const fitted: Span[] = [];
  let left = columns;
  for (const [index, part] of line.entries()) {
    const rest = lineWidth(line.slice(index + 1));
    const shown = show(part.text);
    // The last column goes to the mark that says something was cut, even when the cut falls between two pieces.
    const text = width(shown) === left && rest > 0 ? cutEnd(shown + ' ', left) : cutEnd(shown, left);
    if (text !== '') fitted.push({...part, text});
    left -= width(text);
    if (left <= 0) break;
  }
  return fitted;
}

/** `left` at the left and `right` at the right of `columns`; `left` gives way. */
export function spread(left: Line, right: Line, columns: number): Line {
  const end = fitLine(right, columns);
  const gap = lineWidth(end) > 0 ? 2 : 0;
  const start = fitLine(left, Math.max(0, columns - lineWidth(end) - gap));
  const space = columns - lineWidth(start) - lineWidth(end);
  return [...start, {text: ' '.repeat(Math.max(0, space))}, ...end];
}

/** The text of a line without its tones. */
export function lineText(line: Line): string {
  return line.map((part) => part.text).join('');
}
