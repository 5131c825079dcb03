import {BadSetting} from '../connection/bad-setting.ts';
import {hideInLog, log} from '../../log/log.ts';
import type {CliSettings} from '../connection/cli-settings.ts';
import {stsClient, type KeySources} from './key-sources.ts';
import type {AssumedRole, Keys} from './keys.ts';
import {environmentKeys, machineKeys, machineOrigin} from './machine-keys.ts';
import {keysOfProfile, webIdentityKeys} from './profile-keys.ts';
import {shellWord} from './shell-word.ts';

/** Keys, with their source. Keys in this process's environment cannot be renewed. */
export interface FoundKeys {
  readonly keys: Keys;
  readonly fromEnvironment: boolean;
}

/**
 * Returns the keys that the AWS CLI would sign with, in its order. First the environment (unless the operator
 * named a profile), then the profile, then the machine, and the role on top. Throws {@link BadSetting} and
 * AWS's refusal.
 */
export async function findKeys(sources: KeySources): Promise<FoundKeys> {
  const found = await lookedFor(sources);
  const {secretAccessKey, sessionToken, expiration} = found.keys;
  hideInLog([secretAccessKey, sessionToken]);
  log('keys', {ends: expiration?.toISOString(), role: sources.role?.arn});
  return found;
}

async function lookedFor(sources: KeySources): Promise<FoundKeys> {
  const {role, enter} = sources;
  if (role !== undefined && enter !== undefined) {
    return elsewhere(await enter((keys) => assumed(role, keys, sources, {maxAttempts: 1})));
  }
  const base = sources.keys === undefined ? await chain(sources) : elsewhere(await sources.keys());
  return role === undefined ? base : {...base, keys: await assumed(role, base.keys, sources)};
}

/** The keys of a role that is taken on with others. */
async function assumed(
  role: AssumedRole,
  masterCredentials: Keys,
  sources: KeySources,
  more: object = {},
): Promise<Keys> {
  const {mfaSerial: serial} = role;
  // Asked for before the wait that is named: an operator takes as long as it takes.
  const code = serial === undefined ? undefined : await sources.mfaCode?.(serial);
  const {fromTemporaryCredentials} = await import('@aws-sdk/credential-providers');
  const assume = fromTemporaryCredentials({
    masterCredentials,
    clientConfig: {...stsClient(sources), ...more},
    params: {
      RoleArn: role.arn,
      RoleSessionName: role.sessionName ?? sources.sessionName,
      ...(role.externalId === undefined ? {} : {ExternalId: role.externalId}),
      ...(serial === undefined ? {} : {SerialNumber: serial}),
    },
    ...(code === undefined ? {} : {mfaCodeProvider: async () => code}),
  });
  return sources.wait(`STS, for the role ${role.arn}`, () => assume());
}

function elsewhere(keys: Keys): FoundKeys {
  return {keys, fromEnvironment: false};
}

async function chain(sources: KeySources): Promise<FoundKeys> {
  const {settings} = sources;
  const {env, profile, profileNamed} = settings;
  const inEnvironment = profileNamed ? undefined : environmentKeys(env);
  if (inEnvironment !== undefined) log('credentials looked for', {from: 'environment'});
  if (inEnvironment !== undefined) return {keys: inEnvironment, fromEnvironment: true};
  const {AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile, AWS_ROLE_ARN: role} = env;
  const name = profile ?? 'default';
  // As the CLI: a role of the profile comes before the environment's web identity, and all else of it after.
  const takesRole = settings.files.profiles.get(name)?.['role_arn'] !== undefined;
  if (tokenFile && role && !profileNamed && !takesRole) {
    log('credentials looked for', {from: 'web identity of the environment'});
    const session = env['AWS_ROLE_SESSION_NAME'] || undefined;
    return elsewhere(await webIdentityKeys(sources, 'AWS_WEB_IDENTITY_TOKEN_FILE', tokenFile, role, session));
  }
  log('credentials looked for', {from: 'profile', profile: name});
  const ofProfile = await keysOfProfile(name, sources);
  if (ofProfile !== undefined) return elsewhere(ofProfile);
  const origin = machineOrigin(env);
  if (origin === undefined) throw noKeys(settings);
  log('credentials looked for', {from: origin});
  return elsewhere(
    await machineKeys(origin, sources).catch((error: unknown) => {
      throw noKeys(settings, error instanceof Error ? error.message : String(error));
    }),
  );
}

/** Nothing has keys: says so of the profile by name, and of settings that look like keys and are called otherwise. */
function noKeys({files, profile}: CliSettings, ofMachine?: string): BadSetting {
  const name = profile ?? 'default';
  const section = files.profiles.get(name);
  const odd = Object.keys(section ?? {}).filter(
    (setting) => /key|secret|token|password/.test(setting) && !knownNames.has(setting),
  );
  const parts = [
    section === undefined ? 'no credentials were found' : `profile ${name} has no credentials`,
    ...(odd.length === 0
      ? []
      : [`it holds ${odd.join(' and ')}; the names are aws_access_key_id and aws_secret_access_key`]),
    ...(ofMachine === undefined ? [] : [`and this machine gives none: ${ofMachine}`]),
    ...files.unreadable,
  ];
  return new BadSetting(parts.join('; '), {
    name: 'CredentialsProviderError',
    remedy: 'name a profile with --profile, or sign in (for SSO: aws sso login)',
    signIn: true,
  });
}

const knownNames = new Set([
  'aws_access_key_id',
  'aws_secret_access_key',
  'aws_session_token',
  'aws_security_token',
]);

/**
 * Returns a note on a profile that is passed over for keys of the environment; undefined when both are the
 * same.
 */
export function passedOver({env, files, profile}: CliSettings): string | undefined {
  const id = env['AWS_ACCESS_KEY_ID'];
  if (profile === undefined || id === files.profiles.get(profile)?.['aws_access_key_id']) return undefined;
  return `profile ${profile} is not used: keys from the environment come first; --profile ${shellWord(profile)} changes that`;
}
