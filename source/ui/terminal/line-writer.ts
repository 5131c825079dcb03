import {toAscii} from '../../text/ascii.ts';
import {isAscii, type Env} from './capabilities.ts';

const write = (text: string): void => void process.stdout.write(text);

/** Returns what writes whole lines to standard output, in ASCII alone where the terminal shows no more. */
export function lineWriter(env: Env): (text: string) => void {
  return isAscii(env) ? (text) => write(text.split('\n').map(toAscii).join('\n')) : write;
}
