import type {RunState} from '../engine/state.ts';
import {span, type Span} from './line.ts';

/** What kind of run it is, in words that cannot be mistaken for one another. */
export function modeBadges({started}: RunState, replay = false): readonly Span[] {
  if (started === undefined) return [];
  // What has happened alarms nobody any more.
  if (replay) return [span(' REPLAY ', 'badge'), span(`  ${modeWords(started)}`, 'quiet')];
  const kind = started.simulation ? span(' SIMULATION ', 'badge') : span(' LIVE ', 'alarm');
  return started.mode === 'plan' ? [kind, span(' '), span(' PLAN ', 'badge')] : [kind];
}

function modeWords({simulation, mode}: NonNullable<RunState['started']>): string {
  return `${simulation ? 'SIMULATION' : 'LIVE'}${mode === 'plan' ? ' PLAN' : ''}`;
}
