import {byId} from '../../../data/by-id.ts';
import {worksOf} from '../../../engine/evolve/active-steps.ts';
import type {RunState} from '../../../engine/model/state.ts';
import {looksAnywhere} from '../../../engine/queries/region-truth.ts';
import {lineWidth, span, spread, type Line} from '../../../text/line.ts';
import {timeBound, timeLeft} from '../../../text/time.ts';
import {count, faultWord} from '../../../wording/fault-text.ts';
import {signs, type Sign} from '../../../wording/signs.ts';
import {checkedAt} from '../checked-at.ts';
import type {GridRow} from './grid-rows.ts';
import type {ListedRegion} from './region-groups.ts';
import type {Need} from './region-need.ts';
import {causeText} from './shared-cause.ts';

type Shared = Extract<GridRow, {kind: 'shared'}>;

/** Formats the title of a group. When the run has ended, nothing is under way. */
export function needTitle(state: RunState, need: Need): string {
  const {ended} = state;
  switch (need) {
    case 'operator':
      return ended === undefined ? 'needs you' : 'stopped';
    case 'named':
      return 'named by AWS';
    case 'working':
      return ended === undefined ? 'working' : 'not done';
    case 'waiting':
      return ended === undefined ? 'waiting' : 'still in use';
    case 'waived':
      return 'waived';
    case 'changed':
      return 'changed';
    case 'unchecked':
      return looksAnywhere(state) ? 'not checked' : 'to do';
    case 'clear':
      return looksAnywhere(state) ? 'clear' : 'done';
  }
}

export function groupHeading(state: RunState, {need}: Extract<GridRow, {kind: 'heading'}>): Line {
  return [span(`  ${needTitle(state, need).toUpperCase()}`, 'quiet')];
}

/** Formats what the operator can do about the row above. */
export function remedyLine(text: string): Line {
  return [span(`      ${text}`, 'quiet')];
}

/** How a line for several Regions is drawn. */
interface SharedDrawing {
  /** ms since the epoch. */
  readonly now: number;
  readonly columns: number;
  readonly chosen: boolean;
  /** The key that lists the Regions is named. */
  readonly hinted: boolean;
}

/** Formats one line for several Regions. */
export function sharedLine(
  state: RunState,
  row: Shared,
  {now, columns, chosen, hinted}: SharedDrawing,
): Line {
  const {sign, text} = row.cause === undefined ? alike(state, row, now) : caused(state, row, row.cause, now);
  const line: Line = [
    span(chosen ? '▸ ' : '  ', 'accent'),
    span(`${sign.glyph} `, sign.tone),
    span(text, chosen ? 'selected' : row.need === 'operator' ? undefined : 'quiet'),
  ];
  const hint = [span('Space lists ', 'quiet')];
  return hinted && lineWidth(line) + 2 + lineWidth(hint) <= columns ? spread(line, hint, columns) : line;
}

type Words = {readonly sign: Sign; readonly text: string};

/** Regions that nothing tells apart. */
function alike(state: RunState, {need, rows}: Shared, now: number): Words {
  const regions = count(rows.length, 'Region');
  switch (need) {
    case 'clear':
      return looksAnywhere(state)
        ? {
            sign: signs.done,
            text: `${regions} ${rows.length === 1 ? 'has' : 'have'} nothing in use${checkedWithin(state, rows, now)}`,
          }
        : {sign: signs.done, text: `${regions} done`};
    case 'unchecked':
      return {sign: signs.todo, text: `${regions} ${looksAnywhere(state) ? 'not checked yet' : 'to do'}`};
    case 'waived':
      return {sign: signs.unknown, text: `${regions} not checked: ${rows[0]?.lane.waived?.by ?? ''}`};
    default:
      return {sign: signs.active, text: `${regions}: ${titles(state, rows)}`};
  }
}

/** The longest that ago. While some are checked again, that too. */
function checkedWithin(state: RunState, rows: readonly ListedRegion[], now: number): string {
  const oldest = Math.min(...rows.map(({lane}) => checkedAt(state, lane) ?? Infinity));
  const again = rows.filter(({lane}) => worksOf(lane).length > 0).length;
  const within = Number.isFinite(oldest)
    ? `, checked within the last ${timeBound(Math.max(1, now - oldest))}`
    : '';
  return again === 0 ? within : `, ${again === rows.length ? 'being' : `${again} being`} checked again`;
}

/** The steps that the Regions are in. */
function titles(state: RunState, rows: readonly ListedRegion[]): string {
  const steps = new Set(rows.flatMap(({lane}) => worksOf(lane).map(({step}) => step)));
  const names = [...steps].map((step) => byId(state.steps, step)?.title ?? step);
  return names.length === 0 ? 'about to go on' : names.join(', ');
}

/** Regions with one cause. */
function caused(
  state: RunState,
  {need, rows}: Shared,
  cause: NonNullable<Shared['cause']>,
  now: number,
): Words {
  const regions = count(rows.length, 'Region');
  const all = rows.length === state.lanes.size;
  const what = causeText(cause, rows[0]?.region ?? '');
  const by = rows[0]?.lane.waived?.by;
  const whose = cause.ofThisHost
    ? all
      ? `This host reaches none of the ${regions}: ${faultWord(cause.fault)}`
      : `This host does not reach ${regions}: ${faultWord(cause.fault)}`
    : `${regions}: ${what}`;
  if (need === 'operator')
    return {sign: rows.every(({truth}) => truth === 'unknown') ? signs.unknown : signs.trouble, text: whose};
  if (need === 'waived') return {sign: signs.unknown, text: `${regions} waived by ${by ?? ''}: ${what}`};
  const due = rows.flatMap(({lane}) =>
    worksOf(lane).flatMap(({items}) => [...items].flatMap(({dueAt}) => dueAt ?? [])),
  );
  const next = due.length === 0 ? '' : `, tried again in ${timeLeft(Math.min(...due) - now)}`;
  return {sign: signs.retry, text: `${whose}${next}`};
}
