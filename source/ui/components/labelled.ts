import {padEnd, wrap} from '../../text/width.ts';
import {span, type Line} from '../../text/line.ts';

/** Columns of a label and the space before it. */
export const labelColumns = 15;

/** A line with a label in front; an empty label continues the line above. */
export function labelled(label: string, line: Line): Line {
  return [span(padEnd(`  ${label}`, labelColumns), 'quiet'), ...line];
}

/** A heading and the lines below it; nothing where there are no lines. */
export function block(title: string, lines: readonly Line[], columns: number): readonly Line[] {
  if (lines.length === 0) return [];
  const heading = wrap(title, columns - 2)[0] ?? '';
  return [[span(`  ${heading}`, 'quiet')], ...lines.map((line): Line => [span('    '), ...line])];
}
