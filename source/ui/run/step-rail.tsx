import type {ReactNode} from 'react';
import type {RunState} from '../../engine/model/state.ts';
import {clockSpan} from '../../text/time.ts';
import {span, spread, type Line} from '../../text/line.ts';
import {Lines} from '../components/lines.tsx';
import {stepSign} from '../../wording/signs.ts';
import {presentStep, stepViews, type StepView} from '../../wording/step-progress.ts';

interface Props {
  readonly state: RunState;
  readonly columns: number;
  readonly rows: number;
}

/** Draws the steps as posts on a rail across the screen, and names the present one. */
export function RailAcross({state, columns, rows}: Props): ReactNode {
  const views = stepViews(state);
  const present = presentStep(state, views);
  const view = views[present];
  if (view === undefined) return <Lines lines={[]} columns={columns} rows={rows} />;
  const number = `${present + 1}/${views.length}`;
  const title: Line = [span(`  ${number}  `, 'quiet'), span(view.outline.title, 'title')];
  const progress = [roundText(state), columns < 60 ? regionCount(view) : regionsText(view)];
  const right: Line = [span(`${progress.filter((text) => text !== '').join('  ')} `)];
  const line = spread([span(' '), ...posts(views, columns), ...title], right, columns);
  return <Lines lines={[line]} columns={columns} rows={rows} />;
}

/**
 * Posts with as much rail between them as a third of the line has room for; none rather than a cut rail. It depends
 * on nothing that changes during a run, so that the rail keeps its place.
 */
function posts(views: readonly StepView[], columns: number): Line {
  const room = columns < 60 ? 0 : columns / 3;
  const rail = [2, 1, 0].find((length) => views.length + (views.length - 1) * length <= room);
  if (rail === undefined) return [];
  return views.flatMap((view, index) => {
    const sign = stepSign(view.state);
    const post = span(sign.glyph, sign.tone);
    return index === 0 ? [post] : [span('━'.repeat(rail), 'quiet'), post];
  });
}

/** The steps with titles, counts and times, one below the other. */
export function RailUpright({state, now, columns, rows}: Props & {readonly now: number}): ReactNode {
  const views = stepViews(state);
  const present = presentStep(state, views);
  const lines = views.map((view, index) => uprightLine(view, index === present, now, columns));
  const spaced = lines.flatMap((line, index) => (index === 0 ? [line] : [[span(' ┃', 'quiet')], line]));
  const round = state.round > 1 ? [[], [span(` ${roundText(state)}`, 'title')]] : [];
  if (spaced.length + round.length <= rows) {
    return <Lines lines={[...spaced, ...round]} columns={columns} rows={rows} />;
  }
  // Too many steps for the height: the rows around the present step.
  const first = Math.max(0, Math.min(present - Math.floor(rows / 2), lines.length - rows));
  return <Lines lines={lines.slice(first)} columns={columns} rows={rows} />;
}

function uprightLine(view: StepView, present: boolean, now: number, columns: number): Line {
  const sign = stepSign(view.state);
  const since = view.startedAt === undefined ? '' : clockSpan((view.endedAt ?? now) - view.startedAt);
  const right = [
    span(view.state === 'todo' || view.state === 'skipped' ? '' : regionCount(view), 'quiet'),
    span(since.padStart(7), 'quiet'),
  ];
  const tone = present ? 'title' : view.state === 'todo' || view.state === 'skipped' ? 'quiet' : undefined;
  return spread([span(` ${sign.glyph} `, sign.tone), span(view.outline.title, tone)], right, columns);
}

function roundText({round}: RunState): string {
  return round > 1 ? `round ${round}` : '';
}

function regionCount({outline, done, total}: StepView): string {
  return outline.scope === 'region' ? `${done}/${total}` : '';
}

function regionsText(view: StepView): string {
  if (view.outline.scope !== 'region') return '';
  return `${regionCount(view)} ${view.counts === 'changes' ? 'changes' : 'Regions'}`;
}
