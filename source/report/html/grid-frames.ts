import type {RunState} from '../../engine/model/state.ts';
import {columnsOf} from '../../engine/queries/region-truth.ts';
import {evolve, initialState} from '../../engine/evolve/evolve.ts';
import type {Timeline} from '../../replay/timeline.ts';
import {show} from '../../text/show.ts';
import {regionNow} from '../../wording/region-status.ts';
import {presentStep, stepViews} from '../../wording/step-progress.ts';

/** A Region's row: its index, its sign, its current action, and its cells in column order. */
type FrameRow = readonly [region: number, sign: string, now: string, ...cells: readonly string[]];

/** Changes of the Region grid at a played time. */
export interface GridFrame {
  /** Played ms. */
  readonly t: number;
  /** ms since the epoch. */
  readonly at: number;
  /** Current activity of the run as a whole. */
  readonly doing: string;
  readonly rows: readonly FrameRow[];
}

/** More frames than this look the same to the eye. */
const mostFrames = 5000;

/** The Region grid over time, as changes from one moment to the next. All texts are fit to show. */
export function gridFrames(timeline: Timeline): readonly GridFrame[] {
  const least = timeline.duration / mostFrames;
  const frames: GridFrame[] = [];
  const shown: string[] = [];
  let pending = new Map<number, FrameRow>();
  let {lanes} = initialState;
  let state: RunState = initialState;

  timeline.events.forEach((event, index) => {
    state = evolve(state, event);
    for (const row of state.lanes.changedSince(lanes)) {
      const frameRow = rowOf(state, row);
      const key = JSON.stringify(frameRow);
      if (shown[row] === key) continue;
      shown[row] = key;
      pending.set(row, frameRow);
    }
    lanes = state.lanes;
    const t = timeline.playedAt(index + 1);
    const next = timeline.playedAt(index + 2);
    const last = index === timeline.length - 1;
    // Events of one moment make one frame.
    if (!last && next - (frames.at(-1)?.t ?? -Infinity) <= least) return;
    if (!last && next === t) return;
    const doing = doingOf(state);
    if (pending.size === 0 && doing === frames.at(-1)?.doing && !last) return;
    frames.push({t: Math.round(t), at: event.at, doing, rows: [...pending.values()]});
    pending = new Map();
  });
  return frames;
}

function rowOf(state: RunState, row: number): FrameRow {
  const lane = state.lanes.at(row)!;
  const {sign, text} = regionNow(state, lane, state.now);
  const cells = columnsOf(state).map((column) => {
    const cell = lane.cells[column];
    return cell?.inUse === 0 ? '–' : show(cell?.text ?? '');
  });
  return [row, sign.glyph, show(text), ...cells];
}

function doingOf(state: RunState): string {
  if (state.ended !== undefined) return show(state.ended.message);
  const views = stepViews(state);
  const present = presentStep(state, views);
  const round = state.round > 1 ? `, round ${state.round}` : '';
  return show(`${present + 1}/${views.length} ${views[present]?.outline.title ?? ''}${round}`);
}
