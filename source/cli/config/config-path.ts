import {homedir} from 'node:os';
import {isAbsolute, join} from 'node:path';

/** Returns the file of an operator's defaults: `$XDG_CONFIG_HOME/handrail/config.yaml`, or below `~/.config`. */
export function configPath(env: NodeJS.ProcessEnv): string | undefined {
  const given = env['XDG_CONFIG_HOME'];
  if (given !== undefined && isAbsolute(given)) return join(given, 'handrail', 'config.yaml');
  const home = env['HOME'] ?? homeFolder();
  return isAbsolute(home) ? join(home, '.config', 'handrail', 'config.yaml') : undefined;
}

function homeFolder(): string {
  try {
    return homedir();
  } catch {
    // A container that runs under a number.
    return '';
  }
}
