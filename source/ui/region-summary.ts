import type {RunState} from '../engine/state.ts';
import {truthOf} from '../engine/truth.ts';
import {stepViews} from './step-progress.ts';
import {count} from './words.ts';

/** How many Regions are named; the others are counted. */
const named = 3;

/**
 * What a Region step came to over all Regions, such as
 * `34/34 Regions: 6 running in 4 (us-east-1 2, eu-west-1 2, af-south-1 1, …), 1 unknown`; absent while a Region is
 * still at it.
 */
export function regionSummary(state: RunState, step: string): string | undefined {
  const index = state.steps.findIndex(({id}) => id === step);
  const view = stepViews(state)[index];
  if (view === undefined || view.outline.scope !== 'region') return undefined;
  const lanes = Object.values(state.lanes);
  if (lanes.length === 0 || lanes.some((lane) => lane.next <= index && lane.fault === undefined))
    return undefined;
  const unknown = lanes.filter((lane) => truthOf(state, lane) === 'unknown').length;
  const skipped = lanes.filter((lane) => lane.results[step]?.status === 'skipped').length;
  const parts = [
    findings(state, step),
    changes(state, step),
    skipped > 0 ? `skipped in ${skipped}` : '',
    unknown > 0 ? `${unknown} unknown` : '',
  ].filter((part) => part !== '');
  const result = parts.length === 0 ? 'done' : parts.join(', ');
  return `${view.done}/${count(view.total, 'Region')}: ${result}`;
}

function changes(state: RunState, step: string): string {
  const since = Math.min(
    ...Object.values(state.lanes).map((lane) => lane.results[step]?.startedAt ?? Infinity),
  );
  const made = state.changes.filter((change) => change.step === step && change.at >= since).length;
  return made === 0 ? '' : `${count(made, 'change')} made`;
}

function findings(state: RunState, step: string): string {
  const column = state.steps.find(({id}) => id === step)?.column;
  if (column === undefined) return '';
  const found = Object.values(state.lanes).flatMap((lane) => {
    const cell = lane.cells[column];
    return cell?.step === step && cell.inUse !== undefined
      ? [{region: lane.region ?? '', cell, inUse: cell.inUse}]
      : [];
  });
  if (found.length === 0) return '';
  const busy = found.filter(({inUse}) => inUse > 0).toSorted((a, b) => b.inUse - a.inUse);
  const [first] = busy;
  if (first === undefined) return 'nothing in use';
  // `2 running` in one Region and `1 running` in another are `3 running`; other summaries have no sum.
  const words = new Set(busy.map(({cell, inUse}) => cell.text.replace(`${inUse} `, '')));
  const word = words.size === 1 && first.cell.text !== [...words][0] ? [...words][0] : 'in use';
  const total = busy.reduce((sum, {inUse}) => sum + inUse, 0);
  const names = busy.slice(0, named).map(({region, inUse}) => `${region} ${inUse}`);
  const more = busy.length > named ? ', …' : '';
  return `${total} ${word} in ${busy.length} (${names.join(', ')}${more})`;
}
