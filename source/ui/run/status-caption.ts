import {isStuck} from '../../wording/blocked-help.ts';
import type {Caption} from '../../wording/run-mode.ts';
import type {Shown} from './run-screen-state.ts';
import {waitingFor} from '../../wording/waiting.ts';

/** Says how the run goes, for the rule above the keys, while something that is read covers the pane that says it. */
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
