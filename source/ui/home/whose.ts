import {span, type Line} from '../../text/line.ts';
import {cutEnd, width} from '../../text/width.ts';
import {signs} from '../../wording/signs.ts';

/** Whose account a runbook would work in, as far as it is known. */
export type Whose =
  | {readonly kind: 'unasked'}
  | {readonly kind: 'asked'}
  /** Account, caller, profile and endpoint, the most important first. */
  | {readonly kind: 'known'; readonly account: string; readonly parts: readonly string[]}
  /** There is nobody, or it is not asked here; a line says why. */
  | {readonly kind: 'nobody'; readonly why: string; readonly trouble?: boolean};

/** The account in a line of at most `columns`. */
export function whoseLine(whose: Whose, columns: number): Line {
  switch (whose.kind) {
    case 'unasked':
      return [];
    case 'asked':
      return [span(' Finding out who would be calling…', 'quiet')];
    case 'nobody': {
      const {why, trouble = false} = whose;
      return trouble
        ? [span(` ${signs.retry.glyph} `, signs.retry.tone), span(cutEnd(why, columns - 4))]
        : [span(` ${cutEnd(why, columns - 2)}`, 'quiet')];
    }
    case 'known':
      return joined(whose.parts, columns);
  }
}

/** As many of the parts as fit, the first ones first. */
function joined(parts: readonly string[], columns: number): Line {
  const shown = parts.reduce((line, part) => {
    const longer = line === '' ? ` ${part}` : `${line}  ·  ${part}`;
    return line === '' || width(longer) <= columns ? longer : line;
  }, '');
  return [span(cutEnd(shown, columns), 'title')];
}
