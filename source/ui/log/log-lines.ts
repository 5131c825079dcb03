import {oncePer} from '../../engine/persistent/memoize.ts';
import {timeOfDay} from '../../text/time.ts';
import {padEnd, wrap} from '../../text/width.ts';
import {span, type Line} from '../../text/line.ts';
import {count} from '../../wording/fault-text.ts';
import type {NarratedEvent} from '../../wording/narrate/narrated-event.ts';

/** What a log shows: everything, all but what passes by itself, the changes that were made, or what needs a look. */
export const logKinds = ['all', 'facts', 'changes', 'problems'] as const;

/** The operator's view of the log. */
export interface LogView {
  readonly kind: (typeof logKinds)[number];
  /** Words that all have to occur in a line. */
  readonly filter: string;
  /** The filter is being typed. */
  readonly filtering: boolean;
  /** Number of lines at which it was held when it was scrolled: newer ones do not move it. Absent: it follows. */
  readonly upTo?: number | undefined;
}

export const wholeLog: LogView = {kind: 'all', filter: '', filtering: false};

/** The lines that were said, the oldest first. */
export interface Log {
  readonly lines: readonly NarratedEvent[];
  /** Number of older lines that are not kept. */
  readonly dropped: number;
}

const kindWords: Readonly<Record<LogView['kind'], string>> = {
  all: 'all lines',
  facts: 'without retries and steps under way',
  changes: 'changes alone',
  problems: 'problems alone',
};

/** Formats the log's heading: what it shows, and how much there is of it. */
export function logHeading(log: Log, view: LogView): Line {
  const shown = kept(log, view).length;
  const newer = view.upTo === undefined ? 0 : log.dropped + log.lines.length - view.upTo;
  const note = newer > 0 ? `  ·  ${count(newer, 'newer line')}: Home` : '';
  if (view.filtering) {
    return [
      span(' Log  ', 'title'),
      span('/ ', 'accent'),
      span(view.filter),
      span('▏', 'accent'),
      span(`  ${shown} of ${log.lines.length}`, 'quiet'),
    ];
  }
  const only = view.filter === '' ? '' : `, with “${view.filter}”`;
  return [
    span(' Log  ', 'title'),
    span(`${kindWords[view.kind]}${only}  ·  ${count(shown, 'line')}${note}`, 'quiet'),
  ];
}

/** Formats the log in lines of at most `columns`, the newest first. No line is cut. */
export function logLines(log: Log, view: LogView, columns: number): readonly Line[] {
  const lines = kept(log, view)
    .toReversed()
    .flatMap((one) => linesOf(one)(columns));
  const earlier =
    log.dropped === 0
      ? []
      : wrap('Older lines are in the journal: handrail report shows all of it.', columns - 2).map(
          (text): Line => [span(`  ${text}`, 'quiet')],
        );
  return lines.length + earlier.length === 0
    ? [[span('  Nothing is like that.', 'quiet')]]
    : [...lines, ...earlier];
}

/** Formats as many of the newest lines as have room in `rows` beside the Regions. The oldest of them may lack its end. */
export function newestLines(told: Log['lines'], columns: number, rows: number): readonly Line[] {
  if (rows <= 0) return [];
  const newest = told.slice(-rows).toReversed();
  return newest.flatMap((one) => (columns < timed ? tight(one, columns) : linesOf(one)(columns)));
}

/** A line without its time and without a column for the Region: it wraps less. */
function tight({sign, region, text}: NarratedEvent, columns: number): readonly Line[] {
  const place = region === undefined ? '' : `${region}  `;
  return wrap(`${place}${text}`, columns - 4).map((part, row) => [
    row === 0 ? span(` ${sign.glyph} `, sign.tone) : span('   '),
    span(part),
  ]);
}

function kept({lines, dropped}: Log, {kind, filter, upTo}: LogView): readonly NarratedEvent[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const until = upTo === undefined ? lines : lines.slice(0, Math.max(0, upTo - dropped));
  if (kind === 'all' && words.length === 0) return until;
  return until.filter((one) => isKind(one, kind) && words.every((word) => textOf(one).includes(word)));
}

function isKind({weight, change}: NarratedEvent, kind: LogView['kind']): boolean {
  if (kind === 'changes') return change === true;
  if (kind === 'problems') return weight === 'problem';
  return kind === 'all' || weight !== 'detail';
}

const textOf = oncePer(({region = '', step = '', text, at}: NarratedEvent): string =>
  `${timeOfDay(at)} ${region} ${step} ${text}`.toLowerCase(),
);

const regionColumns = 15;

/** Columns from which the time stands in the line. */
const timed = 60;

/** A line never changes, and thousands of them are not wrapped anew for each frame. */
const linesOf = oncePer((one: NarratedEvent) => {
  let known: {readonly columns: number; readonly lines: readonly Line[]} | undefined;
  return (columns: number): readonly Line[] => {
    if (known?.columns !== columns) known = {columns, lines: wrapped(one, columns)};
    return known.lines;
  };
});

function wrapped({at, sign, region, text}: NarratedEvent, columns: number): readonly Line[] {
  const start: Line = [
    span(columns < timed ? ' ' : ` ${timeOfDay(at)}  `, 'quiet'),
    span(padEnd(region ?? '', regionColumns), 'quiet'),
    span(`${sign.glyph} `, sign.tone),
  ];
  const indent = (columns < timed ? 1 : 11) + regionColumns + 2;
  return wrap(text, Math.max(10, columns - indent - 1)).map((part, row) =>
    row === 0 ? [...start, span(part)] : [span(' '.repeat(indent)), span(part)],
  );
}
