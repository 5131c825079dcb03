import type {ReactNode} from 'react';
import type {RunState} from '../../engine/model/state.ts';
import {clockSpan} from '../../text/time.ts';
import {lineWidth, span, spread, type Line, type Tone} from '../../text/line.ts';
import {width} from '../../text/width.ts';
import {Lines} from '../components/lines.tsx';
import {signs, stepSign, type Sign} from '../../wording/signs.ts';
import {presentStep, stepViews, type StepView} from '../../wording/step-progress.ts';
import {attemptText, phaseViews, type PhaseView} from '../../wording/phases/phase-views.ts';

interface Props {
  readonly state: RunState;
  readonly columns: number;
  readonly rows: number;
}

/** Draws the phases as posts on a rail across the screen. */
export function RailAcross({state, columns, rows}: Props): ReactNode {
  return <Lines lines={[acrossLine(state, columns)]} columns={columns} rows={rows} />;
}

/** How much of a phase is drawn: its sign, its sign and attempt, or its title too. */
type Extent = 'sign' | 'attempt' | 'title';

/** Which phases have their titles: all, all but those that are done, those that matter, or the present one. */
const extents: readonly ((view: PhaseView) => Extent)[] = [
  () => 'title',
  ({state, present}) =>
    present || (state !== 'done' && state !== 'before' && state !== 'skipped') ? 'title' : 'sign',
  ({state, present}) => (present || state === 'stopped' || state === 'refused' ? 'title' : 'sign'),
  ({state, present}) => (present || state === 'stopped' ? 'title' : state === 'refused' ? 'attempt' : 'sign'),
];

/** The longest form that fits; at last the present phase, and a refusal or its own number. */
function acrossLine(state: RunState, columns: number): Line {
  const views = phaseViews(state);
  for (const extent of extents) {
    const line = railLine(state, views, extent);
    if (lineWidth(line) <= columns - 1) return line;
  }
  const at = Math.max(
    0,
    views.findIndex(({present}) => present),
  );
  const view = views[at];
  if (view === undefined) return [];
  const refused = views.find((one) => one.state === 'refused' && !one.present);
  const aside =
    refused === undefined
      ? [span(`phase ${at + 1} of ${views.length} `, 'quiet')]
      : [...post(state, refused, 'attempt'), span(' ')];
  return spread([span(' '), ...post(state, view, 'title')], aside, columns);
}

function railLine(state: RunState, views: readonly PhaseView[], extent: (view: PhaseView) => Extent): Line {
  return views.flatMap((view, index) => [
    span(index === 0 ? ' ' : ' ─ ', 'quiet'),
    ...post(state, view, extent(view)),
  ]);
}

/** A phase's sign and title, its count while it has one to tell, and its attempt. */
function post(state: RunState, view: PhaseView, extent: Extent): Line {
  const sign = phaseSign(view.state);
  if (extent === 'sign') return [span(sign.glyph, sign.tone)];
  const attempt = attemptText(state, view);
  if (extent === 'attempt') return [span(`${sign.glyph} `, sign.tone), span(attempt)];
  const counted = view.state !== 'todo' && view.state !== 'before' && view.count !== undefined;
  return [
    span(`${sign.glyph} `, sign.tone),
    span(view.title, phaseTone(view)),
    ...(counted ? [span(` ${view.count}`, 'quiet')] : []),
    ...(attempt === '' ? [] : [span(view.state === 'refused' ? `: ${attempt}` : `, ${attempt}`)]),
  ];
}

function phaseSign(state: PhaseView['state']): Sign {
  if (state === 'refused') return signs.trouble;
  return state === 'before' ? signs.done : stepSign(state);
}

function phaseTone({state, present}: Pick<PhaseView, 'state' | 'present'>): Tone | undefined {
  if (present) return 'title';
  return state === 'todo' || state === 'skipped' || state === 'before' ? 'quiet' : undefined;
}

/** Draws the phases one below the other, and the steps of the present one with their counts and times. */
export function RailUpright({state, now, columns, rows}: Props & {readonly now: number}): ReactNode {
  const steps = stepViews(state);
  const here = steps[presentStep(state, steps)];
  const phases = phaseViews(state);
  const unfolded = phases.flatMap((view): readonly Line[] => {
    const isUnfolded = view.present && view.steps.length > 1;
    const below = isUnfolded ? view.steps.map((step) => stepLine(step, step === here, columns)) : [];
    return [phaseLine(view, now, columns), ...attemptLines(state, view), ...below];
  });
  const folded = phases.flatMap((view) => [phaseLine(view, now, columns), ...attemptLines(state, view)]);
  const lines = [spaced(unfolded), unfolded, folded].find(({length}) => length <= rows);
  if (lines !== undefined) return <Lines lines={lines} columns={columns} rows={rows} />;
  // Too many phases for the height: the rows around the present one.
  const present = phases.findIndex((view) => view.present);
  const first = Math.max(0, Math.min(present - Math.floor(rows / 2), folded.length - rows));
  return <Lines lines={folded.slice(first)} columns={columns} rows={rows} />;
}

/** The lines with rail between the phases. */
function spaced(lines: readonly Line[]): readonly Line[] {
  return lines.flatMap((line, index) =>
    index === 0 || isBelow(line) ? [line] : [[span(' ┃', 'quiet')], line],
  );
}

const below = ' ┃  ';

function isBelow([first]: Line): boolean {
  return first?.text === below;
}

function phaseLine(view: PhaseView, now: number, columns: number): Line {
  const sign = phaseSign(view.state);
  const count = view.state === 'todo' || view.state === 'before' ? '' : (view.count ?? '');
  return spread(
    [span(` ${sign.glyph} `, sign.tone), span(view.title, phaseTone(view))],
    [span(count, 'quiet'), span(timeOf(view, now), 'quiet')],
    columns,
  );
}

function attemptLines(state: RunState, view: PhaseView): readonly Line[] {
  const text = attemptText(state, view);
  return text === '' ? [] : [[span(below, 'quiet'), span(text)]];
}

function stepLine(view: StepView, present: boolean, columns: number): Line {
  const sign = stepSign(view.state);
  const count = view.state === 'todo' || view.outline.scope !== 'region' ? '' : `${view.done}/${view.total}`;
  return spread(
    [
      span(below, 'quiet'),
      span(`${sign.glyph} `, sign.tone),
      span(view.outline.title, present ? 'title' : view.state === 'todo' ? 'quiet' : undefined),
    ],
    [span(count, 'quiet')],
    columns,
  );
}

function timeOf({startedAt, endedAt}: Pick<PhaseView, 'startedAt' | 'endedAt'>, now: number): string {
  return startedAt === undefined ? '' : ` ${clockSpan((endedAt ?? now) - startedAt)}`.padStart(7);
}

/** Columns of an upright rail in which no title of the run is cut. */
export function uprightColumns({steps}: Pick<RunState, 'steps'>): number {
  const longest = Math.max(0, ...steps.map(({title}) => width(title)));
  return width(below) + 2 + longest + 2 + '34/34'.length;
}
