import {indexById} from '../data/by-id.ts';
import type {StepOutline} from '../engine/model/events.ts';
import {isOver} from '../engine/queries/progress.ts';
import type {Lane, RunState, StepResult} from '../engine/model/state.ts';
import {truthOf} from '../engine/queries/region-truth.ts';
import {count} from './fault-text.ts';

/** Number of Regions to name; further ones are counted. */
const named = 3;

/**
 * Summarizes a Region step over all Regions, such as `34/34 Regions: 6 running in 4 (us-east-1 2, eu-west-1 2,
 * af-south-1 1, …), 1 unknown`. Absent while a Region is still working on it.
 */
export function regionSummary(state: RunState, step: string): string | undefined {
  const index = indexById(state.steps, step);
  const outline = state.steps[index];
  if (outline?.scope !== 'region' || state.lanes.size === 0 || !isOver(state, index)) return undefined;
  const lanes = [...state.lanes];
  const through = lanes.filter((lane) => lane.next > index).length;
  return `${through}/${count(lanes.length, 'Region')}: ${outcome(state, outline, lanes)}`;
}

function outcome(state: RunState, outline: StepOutline, lanes: readonly Lane[]): string {
  const skipped = lanes.filter((lane) => lane.results[outline.id]?.status === 'skipped').length;
  if (skipped === lanes.length) return 'skipped';
  const unknown = lanes.filter((lane) => lane.waived === undefined && truthOf(state, lane) === 'unknown');
  const waived = lanes.filter((lane) => lane.waived !== undefined).length;
  const stopped = lanes.filter(
    (lane) => lane.faultStep === outline.id && lane.waived === undefined && !unknown.includes(lane),
  ).length;
  const parts = [
    findings(outline, lanes),
    stopped > 0 ? `${stopped} stopped` : '',
    skipped > 0 ? `skipped in ${skipped}` : '',
    unknown.length > 0 ? `${unknown.length} unknown` : '',
    waived > 0 ? `${waived} waived` : '',
  ].filter((part) => part !== '');
  return parts.join(', ');
}

/** The Regions' own summaries, added up. */
function findings(outline: StepOutline, lanes: readonly Lane[]): string {
  const found = lanes.flatMap((lane) => {
    const {number, word} = finding(lane.results[outline.id]);
    return number > 0 ? [{region: lane.region ?? '', number, word}] : [];
  });
  const looked = lanes.some((lane) => lane.results[outline.id]?.status === 'succeeded');
  if (found.length === 0) return looked ? nothingOf(outline) : '';
  const words = new Set(found.map(({word}) => word));
  // `2 running` in one Region and `1 running` in another are `3 running`; different words have no sum.
  const word = (words.size === 1 ? [...words][0] : undefined) || countedAs(outline);
  const total = found.reduce((sum, {number}) => sum + number, 0);
  const first = found.toSorted((a, b) => b.number - a.number).slice(0, named);
  const names = first.map(({region, number}) => `${region} ${number}`).join(', ');
  return `${total} ${word} in ${found.length} (${names}${found.length > named ? ', …' : ''})`;
}

/** Says what a step's number counts, where its own summary does not. Only a step with a column looks for uses. */
function countedAs({does, column}: StepOutline): string {
  if (does === 'change') return 'changed';
  return column === undefined ? 'found' : 'in use';
}

function nothingOf({does, column}: StepOutline): string {
  return does === 'look' && column === undefined ? 'nothing found' : nothing[does];
}

const nothing: Readonly<Record<StepOutline['does'], string>> = {
  look: 'nothing in use',
  wait: 'nothing in use',
  pause: 'went on',
  change: 'nothing to change',
  assert: 'all hold',
  confirm: 'done',
};

/**
 * Returns the number and the noun of a step's summary: 2 and `running` of `2 running`. Journals of 0.1.0 lack the
 * number; the length of the output's list stands in.
 */
function finding(result: StepResult | undefined): {readonly number: number; readonly word: string} {
  const {output, summary = ''} = result ?? {};
  const number = result?.count ?? (Array.isArray(output) ? output.flat().length : 0);
  const said = `${number} `;
  return {number, word: summary.startsWith(said) ? summary.slice(said.length) : ''};
}
