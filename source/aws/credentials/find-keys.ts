import {BadSetting} from '../connection/bad-setting.ts';
import {loadService} from '../catalogue/sdk-service.ts';
import {hideInLog, log} from '../../log/log.ts';
import type {CliSettings} from '../connection/cli-settings.ts';
import {stsClient, type KeySources} from './key-sources.ts';
import {keysInAnswer, type AssumedRole, type Keys} from './keys.ts';
import {environmentKeys, machineKeys, machineOrigin} from './machine-keys.ts';
import {keysOfProfile, webIdentityKeys} from './profile-keys.ts';
import {profilePassedOver, webIdentityPassedOver} from './passed-over.ts';

/** Keys, with their source. Keys in this process's environment cannot be renewed. */
export interface FoundKeys {
  readonly keys: Keys;
  readonly fromEnvironment: boolean;
  /** Says which other identity was passed over for these, and why. */
  readonly note?: string;
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
    return elsewhere(await enter((keys) => entered(role, keys, sources)));
  }
  const base = sources.keys === undefined ? await chain(sources) : elsewhere(await sources.keys());
  return role === undefined ? base : {...base, keys: await assumed(role, base.keys, sources)};
}

/** The keys of a role that is taken on with others. */
async function assumed(role: AssumedRole, masterCredentials: Keys, sources: KeySources): Promise<Keys> {
  const {mfaSerial: serial} = role;
  // Asked for before the wait that is named: an operator takes as long as it takes.
  const code = serial === undefined ? undefined : await sources.mfaCode?.(serial);
  const {fromTemporaryCredentials} = await import('@aws-sdk/credential-providers');
  const assume = fromTemporaryCredentials({
    masterCredentials,
    clientConfig: stsClient(sources),
    params: {...paramsOf(role, sources), ...(serial === undefined ? {} : {SerialNumber: serial})},
    ...(code === undefined ? {} : {mfaCodeProvider: async () => code}),
  });
  return sources.wait(`STS, for the role ${role.arn}`, () => assume());
}

/** The keys of an account's role, by the client that all accounts of a fleet share: each would make one of its own. */
async function entered(role: AssumedRole, keys: Keys, sources: KeySources): Promise<Keys> {
  const {sts, signal, wait} = sources;
  if (sts === undefined || role.mfaSerial !== undefined) return assumed(role, keys, sources);
  const {createCommand} = await loadService('sts');
  const command = createCommand('AssumeRole', paramsOf(role, sources));
  const client = await sts(keys);
  const answer = await wait(`STS, for the role ${role.arn}`, () =>
    client.send(command, {abortSignal: signal}),
  );
  const found = keysInAnswer(answer);
  if (found !== undefined) return found;
  throw new BadSetting(`STS gave no keys for the role ${role.arn}`, {
    name: 'CredentialsProviderError',
    remedy: 'what stands between this host and STS may have changed its answer',
  });
}

function paramsOf({arn, sessionName, externalId}: AssumedRole, sources: KeySources) {
  return {
    RoleArn: arn,
    RoleSessionName: sessionName ?? sources.sessionName,
    ...(externalId === undefined ? {} : {ExternalId: externalId}),
  };
}

function elsewhere(keys: Keys, note?: string): FoundKeys {
  return {keys, fromEnvironment: false, ...(note === undefined ? {} : {note})};
}

async function chain(sources: KeySources): Promise<FoundKeys> {
  const {settings} = sources;
  const {env, profile, profileNamed} = settings;
  const inEnvironment = profileNamed ? undefined : environmentKeys(env);
  if (inEnvironment !== undefined) {
    log('credentials looked for', {from: 'environment'});
    const note = profilePassedOver('keys', settings);
    return {keys: inEnvironment, fromEnvironment: true, ...(note === undefined ? {} : {note})};
  }
  const {AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile, AWS_ROLE_ARN: role} = env;
  const name = profile ?? 'default';
  // As the CLI: a role of the profile comes before the environment's web identity, and all else of it after.
  const takesRole = settings.files.profiles.get(name)?.['role_arn'] !== undefined;
  const identity = tokenFile && role && !profileNamed ? {tokenFile, role} : undefined;
  if (identity !== undefined && !takesRole) {
    log('credentials looked for', {from: 'web identity of the environment'});
    const session = env['AWS_ROLE_SESSION_NAME'] || undefined;
    const where = 'AWS_WEB_IDENTITY_TOKEN_FILE';
    const keys = await webIdentityKeys(sources, where, identity.tokenFile, identity.role, session);
    return elsewhere(keys, profilePassedOver('identity', settings));
  }
  log('credentials looked for', {from: 'profile', profile: name});
  const ofProfile = await keysOfProfile(name, sources);
  if (ofProfile !== undefined) {
    return elsewhere(ofProfile, identity === undefined ? undefined : webIdentityPassedOver(settings));
  }
  const origin = machineOrigin(settings);
  if (origin === undefined) throw noKeys(settings);
  log('credentials looked for', {from: origin});
  return elsewhere(
    await machineKeys(origin, sources).catch((error: unknown) => {
      // Most hosts have no metadata service, and it is asked for want of anything else. A container says that it has keys.
      if (origin === 'EcsContainer' || !(error instanceof BadSetting)) throw error;
      throw noKeys(settings, error.message);
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
    ...(ofMachine === undefined ? [] : [`and ${ofMachine}`]),
    ...files.unread,
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
