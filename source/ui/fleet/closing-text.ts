import type {FleetState} from '../../fleet/state.ts';
import {capital} from '../../text/capital.ts';
import {show} from '../../text/show.ts';
import {stoppedBy} from '../../wording/glossary/words.ts';
import {notEndedText} from '../../wording/run-mode.ts';
import {gateFacts, summaryLines} from './fleet-lines.ts';
import type {FleetClosing} from './fleet-view.ts';

/** Says that a fleet was left before its end, and whether it can go on. */
function interruptedLines(state: FleetState): readonly string[] {
  if (state.started === undefined || state.ended !== undefined) return [];
  const by = state.interrupted === undefined ? 'Interrupted' : capital(stoppedBy(state.interrupted));
  return [`! ${by}: ${notEndedText('fleet', state)}`];
}

/** Formats the lines that a fleet leaves in the terminal or the log. */
export function closingText({state, journal, head, error, next}: FleetClosing): string {
  const lines = [
    ...(error === undefined ? interruptedLines(state) : []),
    ...(state.started === undefined ? [] : summaryLines(state)),
    ...gateFacts(state).map(([name, text]) => `${name.padEnd(12)}${text}`),
    ...(error === undefined ? [] : [`! ${error}`]),
    ...(journal === undefined ? [] : [`Journal     ${journal}`]),
    ...(head === undefined ? [] : [`Head        ${head}`]),
    ...(next === undefined ? [] : [`Next        ${next}`]),
  ];
  return `${lines.map(show).join('\n')}\n`;
}
