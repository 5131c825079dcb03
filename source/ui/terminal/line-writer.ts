import {toAscii} from '../../text/ascii.ts';
import {isAscii, type Env} from './capabilities.ts';

/** Returns what writes whole lines to standard output, in ASCII alone where the terminal shows no more. */
export function lineWriter(env: Env): (text: string) => void {
  const write = (text: string): void => void process.stdout.write(text);
  return isAscii(env) ? (text) => write(text.split('\n').map(toAscii).join('\n')) : write;
}
