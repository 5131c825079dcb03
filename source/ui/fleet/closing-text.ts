import {show} from '../../text/show.ts';
import {gateFacts, summaryLines} from './fleet-lines.ts';
import type {FleetClosing} from './fleet-view.ts';

/** Formats the lines that a fleet leaves in the terminal or the log. */
export function closingText({state, journal, head, error, next}: FleetClosing): string {
  const lines = [
    ...(state.started === undefined ? [] : summaryLines(state)),
    ...gateFacts(state).map(([name, text]) => `${name.padEnd(12)}${text}`),
    ...(error === undefined ? [] : [`! ${error}`]),
    ...(journal === undefined ? [] : [`Journal     ${journal}`]),
    ...(head === undefined ? [] : [`Head        ${head}`]),
    ...(next === undefined ? [] : [`Next        ${next}`]),
  ];
  return `${lines.map(show).join('\n')}\n`;
}
