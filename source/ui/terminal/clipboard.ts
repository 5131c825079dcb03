import {isBasic} from './capabilities.ts';

type Env = {readonly [name: string]: string | undefined};

/**
 * Returns the bytes that put a text on the terminal's clipboard (OSC 52); undefined where the terminal might show them
 * instead.
 */
export function toClipboard(text: string, env: Env): string | undefined {
  if (isBasic(env) || env['TERM'] === 'linux') return undefined;
  return `\u001B]52;c;${Buffer.from(text).toString('base64')}\u0007`;
}
