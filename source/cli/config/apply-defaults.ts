import {existsSync} from 'node:fs';
import {configPath} from './config-path.ts';

const harmless = ['--help', '-h', 'help', '--version'];

/**
 * Lets the operator's defaults for the terminal count where the environment says nothing. Returns the exit code when their
 * file cannot be used: it was said why. Help is given all the same.
 */
export async function applyDefaults(
  env: NodeJS.ProcessEnv,
  words: readonly string[],
): Promise<number | undefined> {
  const file = configPath(env);
  if (file === undefined || !existsSync(file) || words.some((word) => harmless.includes(word)))
    return undefined;
  try {
    const {applyToTerminal} = await import('./defaults.ts');
    applyToTerminal(env);
    return undefined;
  } catch (error) {
    const {sayExpected} = await import('../report-error.ts');
    return sayExpected(error);
  }
}
