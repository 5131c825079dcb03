import {isStuck} from '../../wording/blocked-help.ts';
import type {Caption} from '../../wording/run-mode.ts';
import type {Focus, Shown} from './run-screen-state.ts';
import {waitingFor} from '../../wording/waiting.ts';

/** Formats the run's progress for the rule above the keys, while a text covers the pane that shows it. */
export function statusCaption(shown: Shown, focus: Focus): Caption | undefined {
  const {state, askedForBy} = shown;
  if (state.started === undefined) return undefined;
  if (askedForBy !== undefined && state.ended === undefined) {
    // Where text is typed, h is a letter.
    const key = focus === 'grid' || focus === 'region' ? 'h hands it over' : 'Ctrl-C leaves it to them';
    return {text: `${askedForBy}, asks for this run: ${key}`, heavy: true};
  }
  return {text: statusText(shown), heavy: false};
}

function statusText({state, now, awaited}: Shown): string {
  if (state.ended !== undefined) return `The run has ended: ${state.ended.message}`;
  if (awaited !== undefined) return awaited;
  if (state.paused !== undefined) return 'The run is paused';
  if (isStuck(state)) return 'The run cannot go on without you';
  return waitingFor(state, now).text;
}
