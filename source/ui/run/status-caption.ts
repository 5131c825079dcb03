import type {RunState} from '../../engine/model/state.ts';
import {isStuck} from '../../wording/blocked-help.ts';
import type {Caption} from '../../wording/run-mode.ts';
import {waitingFor} from '../../wording/waiting.ts';

/** Says how the run goes, for the rule above the keys, while something that is read covers the pane that says it. */
export function statusCaption(state: RunState, now: number): Caption | undefined {
  if (state.started === undefined) return undefined;
  return {text: statusText(state, now), heavy: false};
}

function statusText(state: RunState, now: number): string {
  if (state.ended !== undefined) return `The run has ended: ${state.ended.message}`;
  if (state.paused !== undefined) return 'The run is paused';
  if (isStuck(state)) return 'The run cannot go on without you';
  return waitingFor(state, now).text;
}
