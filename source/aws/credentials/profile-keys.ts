import {readFile} from 'node:fs/promises';
import {BadSetting} from '../connection/bad-setting.ts';
import {silent} from '../connection/request-handler.ts';
import type {Section} from '../connection/shared-files.ts';
import {keysOfProcess} from './credential-process.ts';
import {clientOf, stsClient, type KeySources} from './key-sources.ts';
import type {Keys} from './keys.ts';
import {environmentKeys, machineKeys} from './machine-keys.ts';
import {keysOfSso, ssoNames} from './sso-keys.ts';

/**
 * Returns the keys of a profile, from its settings in the AWS CLI's order; undefined when it has none. Throws
 * {@link BadSetting} for unusable settings, and the refusal of AWS or a process.
 */
export async function keysOfProfile(
  profile: string,
  sources: KeySources,
  visited: readonly string[] = [],
): Promise<Keys | undefined> {
  const section = sources.settings.files.profiles.get(profile);
  if (section === undefined) return undefined;
  const {role_arn: role, web_identity_token_file: tokenFile} = section;
  // A source with keys gives these, also when it could take on a role: a profile may be its own source.
  const isSource = visited.length > 0 && section['aws_access_key_id'] !== undefined;
  if (role !== undefined && tokenFile === undefined && !isSource) {
    return keysOfRole(profile, section, sources, visited);
  }
  if (role !== undefined && tokenFile !== undefined) {
    const where = `web_identity_token_file of profile ${profile}`;
    return webIdentityKeys(sources, where, tokenFile, role, section['role_session_name']);
  }
  if (ssoNames.some((name) => section[name] !== undefined)) {
    return sources.wait(`IAM Identity Center, for profile ${profile}`, () =>
      keysOfSso(profile, section, sources),
    );
  }
  return (
    staticKeys(profile, sources.settings.files.credentials.get(profile)) ??
    (await loginKeys(profile, section, sources)) ??
    (section['credential_process'] === undefined
      ? undefined
      : await keysOfProcess(profile, section, {...sources, env: sources.settings.env})) ??
    staticKeys(profile, section)
  );
}

async function keysOfRole(
  profile: string,
  section: Section,
  sources: KeySources,
  visited: readonly string[],
): Promise<Keys> {
  if (visited.includes(profile)) {
    const round = [...visited.slice(visited.indexOf(profile)), profile].join(' → ');
    throw incomplete(
      `the profiles take their roles from each other in a circle: ${round}`,
      'SourceProfileLoop',
    );
  }
  const {source_profile: source, credential_source: origin, mfa_serial: serial} = section;
  const base =
    source === undefined
      ? await keysOfOrigin(profile, origin, sources)
      : await keysOfSource(profile, source, sources, [...visited, profile]);
  const code = serial === undefined ? undefined : await codeFor(profile, serial, sources);
  const {getDefaultRoleAssumer} = await import('@aws-sdk/client-sts');
  const assume = getDefaultRoleAssumer(stsClient(sources));
  const role = section['role_arn'] ?? '';
  return sources.wait(`STS, for the role ${role} of profile ${profile}`, () =>
    assume(base, {
      RoleArn: role,
      RoleSessionName: section['role_session_name'] ?? sources.sessionName,
      ExternalId: section['external_id'],
      DurationSeconds: Number.parseInt(section['duration_seconds'] ?? '3600', 10),
      ...(serial === undefined ? {} : {SerialNumber: serial, TokenCode: code}),
    }),
  );
}

async function codeFor(profile: string, serial: string, {mfaCode}: KeySources): Promise<string> {
  if (mfaCode !== undefined) return mfaCode(serial);
  throw new BadSetting(`profile ${profile} wants a code of the multi-factor device ${serial}`, {
    name: 'NoMfaCode',
    remedy: 'give the code that the device shows with --mfa-code, or run it on a terminal',
  });
}

async function keysOfSource(
  profile: string,
  source: string,
  sources: KeySources,
  visited: readonly string[],
): Promise<Keys> {
  if (!sources.settings.files.profiles.has(source)) {
    throw incomplete(`profile ${profile} names source_profile ${source}, and there is no such profile`);
  }
  const keys = await keysOfProfile(source, sources, visited);
  if (keys === undefined)
    throw incomplete(`source_profile ${source} of profile ${profile} has no credentials`);
  return keys;
}

async function keysOfOrigin(profile: string, origin: string | undefined, sources: KeySources): Promise<Keys> {
  const {env} = sources.settings;
  const from = `credential_source of profile ${profile}`;
  if (origin === 'Environment') {
    const keys = environmentKeys(env);
    if (keys !== undefined) return keys;
    throw incomplete(`${from} is Environment, and the environment holds no keys`);
  }
  if (origin === 'Ec2InstanceMetadata' || origin === 'EcsContainer') return machineKeys(origin, sources);
  throw incomplete(
    origin === undefined
      ? `profile ${profile} has a role_arn without source_profile or credential_source`
      : `${from} is ${origin}; there are Environment, Ec2InstanceMetadata and EcsContainer`,
  );
}

/** Keys for a token of an identity provider. `where` says which setting named the token's file. */
export async function webIdentityKeys(
  sources: KeySources,
  where: string,
  file: string,
  roleArn: string,
  sessionName: string | undefined,
): Promise<Keys> {
  await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new BadSetting(`the token file ${file} (${where}) cannot be read: ${error.code}`, {
      name: 'NoTokenFile',
      remedy: 'have the token put there by its identity provider, or correct the setting',
    });
  });
  const [{fromTokenFile}, {getDefaultRoleAssumerWithWebIdentity}] = await Promise.all([
    import('@aws-sdk/credential-providers'),
    import('@aws-sdk/client-sts'),
  ]);
  const provider = fromTokenFile({
    webIdentityTokenFile: file,
    roleArn,
    roleSessionName: sessionName ?? sources.sessionName,
    roleAssumerWithWebIdentity: getDefaultRoleAssumerWithWebIdentity(stsClient(sources)),
    logger: silent,
  });
  return sources.wait(`STS, for the web identity of ${roleArn}`, () => provider());
}

/** Keys that stand in a section themselves. Half of a pair is a mistake that has to be named. */
function staticKeys(profile: string, section: Section | undefined): Keys | undefined {
  const {aws_access_key_id: id, aws_secret_access_key: secret} = section ?? {};
  if (id === undefined && secret === undefined) return undefined;
  if (id === undefined || secret === undefined) {
    const missing = id === undefined ? 'aws_access_key_id' : 'aws_secret_access_key';
    throw incomplete(`profile ${profile} has half a pair of keys: ${missing} is missing`);
  }
  const token = section?.['aws_session_token'] ?? section?.['aws_security_token'];
  return {accessKeyId: id, secretAccessKey: secret, ...(token === undefined ? {} : {sessionToken: token})};
}

/** Keys of `aws login`. */
async function loginKeys(profile: string, section: Section, sources: KeySources): Promise<Keys | undefined> {
  if (section['login_session'] === undefined) return undefined;
  const {fromLoginCredentials} = await import('@aws-sdk/credential-providers');
  const provider = fromLoginCredentials({
    profile,
    ignoreCache: true,
    clientConfig: clientOf('signin', sources),
    logger: silent,
  });
  return sources.wait(`the sign-in service, for profile ${profile}`, () => provider());
}

function incomplete(message: string, name = 'IncompleteProfile'): BadSetting {
  return new BadSetting(message, {name, remedy: 'correct the profile in the AWS configuration'});
}
