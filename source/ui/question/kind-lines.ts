import type {PlannedChange} from '../../engine/model/events.ts';
import {cutEnd, width} from '../../text/width.ts';
import {span, type Line} from '../../text/line.ts';
import {count, shortTarget} from '../../wording/fault-text.ts';

/** Most kinds that get a line; more are counted. */
const most = 4;

/** Least width of a title beside the number of Regions, in columns. */
const leastTitle = 12;

/**
 * Formats a line for each kind of change, at most `columns` wide: `Cancel running builds: 6 in 4 Regions`. All stand in
 * one line where they fit. These stay in sight while the list of changes is scrolled.
 */
export function kindLines(changes: readonly PlannedChange[], columns: number): readonly Line[] {
  const kinds = [...Map.groupBy(changes, ({step}) => step).values()];
  const shown = kinds.length > most ? kinds.slice(0, most - 1) : kinds;
  const rest = kinds.slice(shown.length).flat();
  const texts = [
    ...shown.map((kind) => kindText(kind, columns)),
    ...(rest.length === 0
      ? []
      : [`and ${count(rest.length, 'change')} of ${count(kinds.length - shown.length, 'more kind')}`]),
  ];
  const joined = texts.join(' · ');
  const lines = width(joined) <= columns ? [joined] : texts;
  return lines.filter((text) => text !== '').map((text): Line => [span(text, 'title')]);
}

/** The number is never cut; a long title is. */
function kindText(kind: readonly PlannedChange[], columns: number): string {
  const [first] = kind;
  if (first === undefined) return '';
  const regions = new Set(kind.flatMap(({region}) => region ?? []));
  if (kind.length === 1) {
    const where = first.region === undefined ? '' : ` in ${first.region}`;
    const target = shortTarget(first.target);
    const end = target === '' ? where : `: ${target}${where}`;
    const whole = `${first.title}${end}`;
    return width(whole) <= columns ? whole : cutEnd(`${first.title}: 1${where}`, columns);
  }
  const where = regions.size === 0 ? '' : ` in ${count(regions.size, 'Region')}`;
  const end = `: ${kind.length}${where}`;
  const room = columns - width(end);
  if (room >= Math.min(leastTitle, width(first.title))) return cutEnd(first.title, room) + end;
  const bare = `: ${kind.length}`;
  return cutEnd(first.title, Math.max(1, columns - width(bare))) + bare;
}
