import {byId} from '../../data/by-id.ts';
import {oncePer} from '../../engine/persistent/memoize.ts';
import type {Lane, RunState, StepProgress} from '../../engine/model/state.ts';
import {addedWords, changedWords} from '../../engine/queries/changed-words.ts';
import {stoppedLooking} from '../../engine/queries/region-truth.ts';
import {worksOf} from '../../engine/evolve/active-steps.ts';
import {signs, type Sign} from '../../wording/signs.ts';
import {faultBrief} from '../../wording/fault-text.ts';

/** A Region's entry in a column: a sign and a few words that change rarely. */
export interface GridCell {
  readonly sign?: Sign;
  readonly text: string;
}

const nothingYet: GridCell = {text: ''};

/** Returns the entry of a Region in one column. */
export function gridCell(state: RunState, lane: Lane, column: string): GridCell {
  const {fault, faultStep} = lane;
  if (fault !== undefined && fault.kind !== 'not-enabled') {
    const looking = stoppedLooking(state, lane);
    if (columnOf(state, faultStep) === column) {
      return {sign: looking ? signs.unknown : signs.trouble, text: faultBrief(fault)};
    }
    if (looking) return {sign: signs.unknown, text: ''};
  }
  if (fault?.kind === 'not-enabled') return {sign: signs.unknown, text: ''};
  const work = worksOf(lane).find(({step}) => columnOf(state, step) === column);
  return work === undefined ? settled(state, lane, column) : working(state, lane, work, column);
}

function columnOf(state: RunState, step: string | undefined): string | undefined {
  return byId(state.steps, step)?.column;
}

function working(state: RunState, lane: Lane, current: StepProgress, column: string): GridCell {
  const items = [...current.items];
  const retried = items.find((item) => item.fault !== undefined && item.status === 'waiting');
  if (retried !== undefined) {
    const most = retried.maxAttempts === undefined ? '' : `/${retried.maxAttempts}`;
    return {sign: signs.retry, text: `retry ${retried.attempt + 1}${most}`};
  }
  const outline = byId(state.steps, current.step);
  const cell = lane.cells[column];
  const known = (cell?.count ?? cell?.inUse) === 0 ? '' : cell?.text;
  if (outline?.does !== 'change') return {sign: signs.active, text: known ?? 'looking'};
  const left = items.filter(({status}) => status !== 'done' && status !== 'failed').length;
  return {sign: signs.active, text: items.length > 1 ? `${left} of ${items.length} left` : (known ?? '')};
}

/** Result of the last check, or of a change that was verified since. */
function settled(state: RunState, lane: Lane, column: string): GridCell {
  const cell = lane.cells[column];
  if (cell === undefined) return nothingYet;
  if (cell.inUse !== 0) return {sign: signs.active, text: cell.text};
  const before = lane.changedBefore?.[column];
  const present = changedWords(state, lane, column);
  if (before !== undefined) return {sign: signs.done, text: addedWords([before, ...present])};
  if (present.length > 0) return {sign: signs.done, text: present.join(', ')};
  const earlier = state.steps.reduce(
    (sum, {id, column: own}) =>
      own === column ? sum + (changesOf(state.changes).get(placeOf(id, lane.region)) ?? 0) : sum,
    0,
  );
  // Nothing is the quietest when it looks like nothing.
  return earlier === 0 ? {sign: signs.nothing, text: ''} : {sign: signs.done, text: `${earlier} changed`};
}

/** Returns how many changes each step has made in each Region. */
const changesOf = oncePer((changes: RunState['changes']): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const {step, region} of changes) {
    const place = placeOf(step, region);
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  return counts;
});

function placeOf(step: string, region: string | undefined): string {
  return `${step} ${region ?? ''}`;
}
