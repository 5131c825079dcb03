import type {RunState} from '../engine/state.ts';
import {span, type Span} from './line.ts';

/** What kind of run it is, in words that cannot be mistaken for one another. */
export function modeBadges({started}: RunState): readonly Span[] {
  if (started === undefined) return [];
  const kind = started.simulation ? span(' SIMULATION ', 'badge') : span(' LIVE ', 'alarm');
  return started.mode === 'plan' ? [kind, span(' '), span(' PLAN ', 'badge')] : [kind];
}
