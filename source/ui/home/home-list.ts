import {padEnd, width} from '../../text/width.ts';
import {fuzzyScore} from './fuzzy.ts';
import type {FormField} from './form.ts';
import {blank, span, type Line} from '../../text/line.ts';
import type {Sign} from '../../wording/signs.ts';

/** Fewest columns for a purpose and what stands before the name. */
const leastPurpose = 20;

/** Something that can be done from the home screen. */
export interface HomeEntry {
  /** Heading that it stands under. */
  readonly section: string;
  readonly name: string;
  /** Its purpose in one line. */
  readonly purpose: string;
  readonly sign?: Sign;
  /** The command that it stands for, as it would be typed after `handrail`. */
  readonly argv: readonly string[];
  /** The plan form of the command, which changes nothing. */
  readonly planArgv?: readonly string[];
  /** The account that a run works on in another terminal, and its position: `step 14 of 20`. */
  readonly working?: {readonly account: string; readonly at: string};
  /** The inputs of a runbook that has some. */
  readonly fields?: readonly FormField[];
}

/** The entries that fit a query, in their sections; within a section the best fit first. */
export function matching(entries: readonly HomeEntry[], query: string): readonly HomeEntry[] {
  const sections = [...new Set(entries.map(({section}) => section))];
  const scored = entries.flatMap((entry) => {
    const score = fuzzyScore(query, entry.name, `${entry.purpose} ${entry.section}`);
    return score === undefined ? [] : [{entry, score}];
  });
  return scored
    .toSorted(
      (a, b) => sections.indexOf(a.entry.section) - sections.indexOf(b.entry.section) || b.score - a.score,
    )
    .map(({entry}) => entry);
}

/** The entries below their headings, and the line that the chosen one stands in. */
export function homeLines(
  entries: readonly HomeEntry[],
  chosen: number,
  columns: number,
): {readonly lines: readonly Line[]; readonly at: number} {
  const widest = Math.max(0, ...entries.map(({name}) => width(name)));
  // The purpose is cut before the name, since the name gets typed.
  const names = Math.min(
    widest,
    Math.max(12, columns - 6),
    columns < 60 ? columns - 6 : Math.floor(columns / 2),
  );
  const lines: Line[] = [];
  let at = 0;
  let section = '';
  for (const [index, entry] of entries.entries()) {
    if (entry.section !== section) {
      section = entry.section;
      lines.push(...(lines.length === 0 ? [] : [blank]), [span(` ${section}`, 'quiet')]);
    }
    if (index === chosen) at = lines.length;
    lines.push(entryLine(entry, index === chosen, names, columns));
  }
  return {lines, at};
}

function entryLine({name, purpose, sign}: HomeEntry, chosen: boolean, names: number, columns: number): Line {
  return [
    span(chosen ? ' ▸ ' : '   ', 'accent'),
    ...(sign === undefined ? [] : [span(`${sign.glyph} `, sign.tone)]),
    span(padEnd(name, names - (sign === undefined ? 0 : 2)), chosen ? 'selected' : undefined),
    // A word or two of a purpose say nothing; the chosen entry's is below the list in full.
    ...(columns - names < leastPurpose ? [] : [span(`  ${purpose}`, 'quiet')]),
  ];
}
