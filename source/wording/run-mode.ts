import type {RunMode} from '../engine/model/events.ts';
import type {RunState} from '../engine/model/state.ts';
import {span, type Span, type Tone} from '../text/line.ts';
import {clockSpan} from '../text/time.ts';
import {accountText} from './fault-text.ts';

/** Words that stand in a rule, and whether the rule is drawn heavily. */
export interface Caption {
  readonly text: string;
  readonly heavy: boolean;
  /** The tone of a text that calls for attention. */
  readonly tone?: Tone;
}

/** How a run of another process or of the past is shown: `watching` while it goes on, `no answer` where nobody knows that. */
export type Beside = 'watching' | 'replay' | 'no answer';

/** Returns how a run on a replay's screen is shown; undefined for a run of this process. */
export function besideOf(replay: {readonly watching?: boolean} | undefined): Beside | undefined {
  if (replay === undefined) return undefined;
  return replay.watching === true ? 'watching' : 'replay';
}

/** A run or a fleet, as far as its kind goes. */
interface Moded {
  readonly started?: {readonly mode: RunMode; readonly simulation?: boolean} | undefined;
}

/** Formats the kind of run in words that cannot be confused. */
export function modeBadges({started}: Moded, beside?: Beside): readonly Span[] {
  if (started === undefined) return [];
  // Nothing is done here: no alarm is needed.
  if (beside === 'no answer') return [span(' NO ANSWER ', 'badge')];
  if (beside !== undefined) {
    return [span(` ${beside.toUpperCase()} `, 'badge'), span(`  ${modeWords(started)}`, 'quiet')];
  }
  const plan = span(' PLAN ', 'badge');
  if (started.simulation) {
    const simulation = span(' SIMULATION ', 'badge');
    return started.mode === 'plan' ? [simulation, span(' '), plan] : [simulation];
  }
  return [started.mode === 'plan' ? plan : span(' LIVE ', 'alarm')];
}

/** Formats the kind of run without styling. A plan changes nothing, so it is not LIVE in any account. */
export function modeWords({simulation, mode}: NonNullable<Moded['started']>): string {
  if (!simulation) return mode === 'plan' ? 'PLAN' : 'LIVE';
  return mode === 'plan' ? 'SIMULATION, PLAN' : 'SIMULATION';
}

/** Says whether a run that stops can go on later: a simulated account is gone with its process. */
export function canBeResumed({
  started,
}: {
  readonly started?: {readonly simulation?: boolean} | undefined;
}): boolean {
  return started?.simulation !== true;
}

/** Says that a run or a fleet was left before its end, and whether it can go on: `the run has not ended and can be resumed`. */
export function notEndedText(what: 'run' | 'fleet', left: Moded): string {
  return `the ${what} has not ended${canBeResumed(left) ? ' and can be resumed' : '; a simulation cannot be resumed'}`;
}

/** The hint at a key that stops a run or a fleet. */
export function stopHint(stopped: Moded): string {
  return canBeResumed(stopped) ? 'stop, resumable' : 'stop';
}

/** Says that nobody answers for a run that lives elsewhere, and for how long. */
export function unansweredCaption(since: number, now: number): Caption {
  return {
    text: `NO ANSWER for ${clockSpan(Math.max(0, now - since))}: this is how the run was before`,
    heavy: false,
    tone: 'warning',
  };
}

/** Explains the mode for the rule below the header: a badge may be overlooked, a sentence is read. */
export function modeCaption(
  {started, interrupted, steps}: RunState,
  replay: {readonly watching?: boolean; readonly caption?: string | undefined} | undefined,
): Caption | undefined {
  if (started === undefined) return undefined;
  if (replay?.caption !== undefined) return {text: replay.caption, heavy: false};
  if (replay?.watching === true && interrupted !== undefined)
    return {
      text: `WATCHING: it was interrupted, and ${canBeResumed({started}) ? 'is watched on once it is' : 'cannot be'} resumed`,
      heavy: false,
    };
  if (replay?.watching === true)
    return {text: 'WATCHING: it goes on elsewhere, nothing is done here', heavy: false};
  if (replay !== undefined) return {text: 'REPLAY: this has happened, nothing is done now', heavy: false};
  const {simulation, mode, identity} = started;
  const where = simulation ? 'a simulated AWS' : accountText(identity);
  if (mode === 'plan') return {text: `PLAN: only looking at ${where}, nothing is changed`, heavy: false};
  if (simulation) return {text: 'SIMULATION: nothing real is touched', heavy: false};
  if (!steps.some(({does}) => does === 'change'))
    return {text: `LIVE: only looking at ${where}, this runbook changes nothing`, heavy: false};
  return {text: `LIVE: what you confirm is done in ${where}`, heavy: true};
}
