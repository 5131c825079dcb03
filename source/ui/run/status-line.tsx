import type {ReactNode} from 'react';
import {stoppedLanes} from '../../engine/queries/stopped-lanes.ts';
import {span} from '../../text/line.ts';
import {isStuck} from '../../wording/blocked-help.ts';
import {count, faultWord} from '../../wording/fault-text.ts';
import type {Caption} from '../../wording/run-mode.ts';
import {endText} from '../../wording/run-summary.ts';
import {waitingFor} from '../../wording/waiting.ts';
import {Lines} from '../components/lines.tsx';
import {Rule} from '../components/rule.tsx';
import type {Layout} from './layout.ts';
import type {Focus, Shown} from './run-screen-state.ts';

interface Props {
  readonly shown: Shown;
  readonly layout: Layout;
  /** A text covers the part of the screen that says how the run goes. */
  readonly covered: boolean;
  /** A decision is to be seen. */
  readonly docked: boolean;
  readonly focus: Focus;
}

/**
 * Rows of a line for the status, taken off a text that covers the pane, where the terminal has no row for rules. None of a
 * pane that is too low.
 */
export function statusRows({rule, paneRows}: Layout): number {
  return rule === 0 && paneRows >= 3 ? 1 : 0;
}

/** Shows how the run goes in the rule above the keys: no text covers a decision, a failure or the end. */
export function StatusLine({shown, layout, covered, docked, focus}: Props): ReactNode {
  const {width, rule} = layout;
  const caption = covered ? statusCaption(shown, docked) : wishCaption(shown, focus);
  if (rule > 0 || docked || caption === undefined)
    return <Rule columns={width} rows={rule} caption={caption} />;
  return (
    <Lines lines={[[span(` ${caption.text}`, caption.tone)]]} columns={width} rows={statusRows(layout)} />
  );
}

/** Another terminal asks for the run, or the fleet for its operator. Where text is typed, h is a letter. */
function wishCaption({state, askedForBy, within}: Shown, focus: Focus): Caption | undefined {
  if (within?.news !== undefined) return {text: within.news, heavy: true, tone: 'title'};
  if (askedForBy === undefined || state.ended !== undefined) return undefined;
  const key = focus === 'grid' || focus === 'region' ? 'h hands it over' : 'Ctrl-C leaves it to them';
  return {text: `${askedForBy}, asks for this run: ${key}`, heavy: true, tone: 'title'};
}

function statusCaption(shown: Shown, docked: boolean): Caption | undefined {
  const {state, now, awaited, asking} = shown;
  if (state.started === undefined) return undefined;
  const alarm = alarmOf(shown, !docked && asking !== undefined);
  if (alarm !== undefined) return {text: alarm, heavy: true, tone: 'title'};
  return {text: awaited ?? waitingFor(state, now).text, heavy: false};
}

/** What an operator must not miss, the most important first. */
function alarmOf({state, now, within}: Shown, asked: boolean): string | undefined {
  if (state.ended !== undefined) return `The run has ended: ${endText(state)}`;
  if (asked) return 'A decision waits: Tab goes there';
  if (within?.news !== undefined) return within.news;
  if (state.paused?.why === 'credentials') return '! Paused: the credentials are not accepted any more';
  if (state.paused !== undefined) return '‖ The run is paused';
  const stopped = stoppedLanes(state);
  const [first] = stopped;
  if (first === undefined) return undefined;
  const what =
    stopped.length === 1 ? (first.region ?? 'A step for the account') : count(stopped.length, 'Region');
  const why = stopped.length === 1 && first.fault !== undefined ? `: ${faultWord(first.fault)}` : '';
  if (isStuck(state)) return `! ${what} cannot go on without you${why}`;
  return `! ${what} stopped${why} · ${waitingFor(state, now).text}`;
}
