import type {FleetHappening} from './events.ts';
import type {FleetState} from './state.ts';

/** A command of an operator to a fleet that goes on. */
export type FleetCommand = 'pause' | 'continue';

/** The events that a command amounts to: none when it does not apply to how things stand. */
export function steerFleet(
  {started, held, interrupted, ended}: FleetState,
  command: FleetCommand,
  by: string,
): readonly FleetHappening[] {
  if (started === undefined || interrupted !== undefined || ended !== undefined) return [];
  if (command === 'pause') return held === undefined ? [{type: 'fleet-held', by}] : [];
  return held === undefined ? [] : [{type: 'fleet-released', by}];
}
