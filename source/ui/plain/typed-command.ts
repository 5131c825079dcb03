import type {Command} from '../../engine/decide/operator-commands.ts';
import type {HelpSection} from '../keyboard/key-table.ts';

/** A typed line: a command to the run, or a wish that the view itself answers. */
export type Typed =
  | {readonly command: Command}
  | {readonly wish: 'status' | 'help' | 'stop' | 'hand-over'}
  | {readonly mistake: string};

/** Commands that can be typed while no question is open. */
export const lineCommands: HelpSection = {
  title: 'Line mode, while nothing is asked: typed, then Enter',
  bindings: [
    {shown: 'status', help: 'where the run is and what it waits for'},
    {shown: 'pause, continue', help: 'start nothing new, go on'},
    {shown: 'now', help: 'try now what waits for a time: the next attempt, check or retry'},
    {shown: 'retry, or retry REGION', help: 'try again what failed in the account, or in a Region'},
    {shown: 'waive REGION', help: 'go on without a Region that could not be checked'},
    {shown: 'skip, or skip REGION', help: 'skip the step that failed, where the runbook allows it'},
    {shown: 'hand-over', help: 'stop, so that a terminal that watches the run can go on with it'},
    {shown: 'stop', help: 'stop after the calls under way; a run can be resumed, a simulation cannot'},
  ],
};

/** Meaning of a line while no question is open. */
export function parseTyped(line: string): Typed {
  const [word = '', region, ...more] = line.trim().split(/\s+/);
  if (more.length > 0) return {mistake: `Too many words. Type help to hear what can be typed.`};
  const where = region === undefined ? {} : {region};
  switch (word.toLowerCase()) {
    case '':
    case 'status':
      return {wish: 'status'};
    case 'help':
    case '?':
      return {wish: 'help'};
    case 'stop':
    case 'quit':
    case 'q':
      return {wish: 'stop'};
    case 'hand-over':
      return {wish: 'hand-over'};
    case 'pause':
      return {command: {do: 'pause'}};
    case 'continue':
      return {command: {do: 'continue'}};
    case 'now':
      return {command: {do: 'hasten'}};
    case 'retry':
      return {command: {do: 'retry', ...where}};
    case 'skip':
      return {command: {do: 'skip', ...where}};
    case 'waive':
      return region === undefined
        ? {mistake: 'Waive which Region? Type waive and its exact name.'}
        : {command: {do: 'waive', region, typed: region}};
    default:
      return {mistake: `There is no command ${word}. Type help to hear what can be typed.`};
  }
}
