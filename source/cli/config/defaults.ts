import type {ConnectionOptions} from '../../aws/connection/connection.ts';
import {configIn, type ConfigFile} from './config-file.ts';
import {configPath} from './config-path.ts';

/** Variables that say by themselves who is calling. */
const whoCalls = ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE', 'AWS_ACCESS_KEY_ID', 'AWS_WEB_IDENTITY_TOKEN_FILE'];

/** Lets the defaults of the terminal count where the environment says nothing. Throws as {@link configIn} does. */
export function applyToTerminal(env: NodeJS.ProcessEnv): void {
  const {config} = configIn(env);
  if (config?.bell === 'off') env['HANDRAIL_BELL'] ??= 'off';
  if (config?.color === 'never' && env['FORCE_COLOR'] === undefined) env['NO_COLOR'] ??= '1';
}

/** Returns the variable that outdoes a default profile; undefined when none does. */
export function callerInEnvironment(env: NodeJS.ProcessEnv): string | undefined {
  return whoCalls.find((name) => env[name]);
}

/** Returns the profile that the defaults have for a runbook, unless an option or the environment says who is calling. */
export function defaultProfile(
  runbook: string,
  {profile, env = {}}: ConnectionOptions,
  {config}: ConfigFile,
): string | undefined {
  if (profile !== undefined || callerInEnvironment(env) !== undefined) return undefined;
  const {profiles = {}} = config ?? {};
  return Object.hasOwn(profiles, runbook) ? profiles[runbook] : undefined;
}

/** Returns the name of the file in few words. */
export function shortConfigPath(env: NodeJS.ProcessEnv): string {
  const file = configPath(env) ?? 'config.yaml';
  const home = env['HOME'];
  return home !== undefined && file.startsWith(`${home}/`) ? `~${file.slice(home.length)}` : file;
}
