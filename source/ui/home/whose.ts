import {span, type Line} from '../../text/line.ts';
import {cutEnd, cutMiddle, width} from '../../text/width.ts';
import {signs} from '../../wording/signs.ts';

const separator = '  ·  ';

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

/** The account and the caller, each cut where it must be and never left out; then as many of the others as fit. */
function joined([account = '', caller, ...others]: readonly string[], columns: number): Line {
  if (caller === undefined) return [span(cutEnd(` ${account}`, columns), 'title')];
  const room = columns - 1 - separator.length;
  const cut = cutEnd(account, Math.max(room - width(caller), Math.floor(room / 2)));
  const both = ` ${cut}${separator}${cutMiddle(caller, room - width(cut))}`;
  const shown = others.reduce((line, part) => {
    const longer = `${line}${separator}${part}`;
    return width(longer) <= columns ? longer : line;
  }, both);
  return [span(shown, 'title')];
}
