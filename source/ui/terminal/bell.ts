import {toAscii} from '../../text/ascii.ts';
import {cutEnd} from '../../text/width.ts';
import {isAscii, isBasic} from './capabilities.ts';

type Env = {readonly [name: string]: string | undefined};

/** Time without a key after which an operator may look elsewhere (ms). */
export const unattended = 10_000;

/** Longest notification, in columns: desktops cut longer ones. */
const longest = 120;

/**
 * Returns the bytes that call an operator back to the terminal: the bell, and a desktop notification where the terminal may
 * know those (OSC 9). Empty where the operator wants neither: HANDRAIL_BELL=off.
 */
export function callBack(text: string, env: Env): string {
  if (env['HANDRAIL_BELL'] === 'off') return '';
  const bell = '\u0007';
  // The console of Linux, and terminals that promise only a movable cursor, might show the sequence.
  if (isBasic(env) || env['TERM'] === 'linux') return bell;
  // cutEnd makes the text fit to show: it holds no control character that could end the sequence early.
  const shown = cutEnd(`Handrail: ${text}`, longest);
  return `${bell}\u001B]9;${isAscii(env) ? toAscii(shown) : shown}\u0007`;
}
