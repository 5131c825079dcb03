import {existsSync} from 'node:fs';
import {z} from 'zod';
import {loadOther} from '../../runbook/load/load-other.ts';
import {configPath} from './config-path.ts';

const leftOut = z.strictObject({
  region: z.string().regex(/^[a-z0-9*-]+$/, 'must be the name of a Region, or a pattern such as me-*'),
  reason: z.string().min(1, 'must say why'),
});

const schema = z.strictObject({
  bell: z.enum(['on', 'off']).optional(),
  color: z.enum(['auto', 'never']).optional(),
  profiles: z.record(z.string(), z.string().min(1)).optional(),
  leaveOut: z.array(leftOut).optional(),
});

/** An operator's defaults, for settings that the command line and the environment leave open. */
type Config = z.output<typeof schema>;

/** The file of defaults, and its content; undefined where there is no file. */
export interface ConfigFile {
  readonly file: string;
  readonly config: Config | undefined;
}

/** Reads the defaults. Throws InvalidRunbook with the line and column of each problem, and the system's error. */
export function configIn(env: NodeJS.ProcessEnv): ConfigFile {
  const file = configPath(env);
  if (file === undefined || !existsSync(file))
    return {file: file ?? '~/.config/handrail/config.yaml', config: undefined};
  return {file, config: loadOther(file, {noun: 'file of defaults', schema}).content};
}
