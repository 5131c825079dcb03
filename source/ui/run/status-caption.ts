import {isStuck} from '../../wording/blocked-help.ts';
import type {Caption} from '../../wording/run-mode.ts';
import type {Shown} from './run-screen-state.ts';
import {waitingFor} from '../../wording/waiting.ts';

/** Formats the run's progress for the rule above the keys, while a text covers the pane that shows it. */
export function statusCaption(shown: Shown): Caption | undefined {
  return shown.state.started === undefined ? undefined : {text: statusText(shown), heavy: false};
}

function statusText({state, now, awaited}: Shown): string {
  if (state.ended !== undefined) return `The run has ended: ${state.ended.message}`;
  if (awaited !== undefined) return awaited;
  if (state.paused !== undefined) return 'The run is paused';
  if (isStuck(state)) return 'The run cannot go on without you';
  return waitingFor(state, now).text;
}
