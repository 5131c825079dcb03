import type {CliSettings} from '../connection/cli-settings.ts';
import type {Section} from '../connection/shared-files.ts';
import {shellWord} from './shell-word.ts';
import {ssoNames} from './sso-keys.ts';

/** Identities that an environment can hold beside AWS_PROFILE. */
const held = {
  keys: ['the keys in the environment sign', 'they come'],
  identity: ['the web identity in the environment signs', 'it comes'],
} as const;

/**
 * Returns a note on the profile of AWS_PROFILE that is passed over for the environment's own identity. It says which of them
 * signs, and why. Undefined where both are the same, or the profile is nobody.
 */
export function profilePassedOver(
  used: keyof typeof held,
  {env, files, profile}: CliSettings,
): string | undefined {
  const section = files.profiles.get(profile ?? '');
  if (profile === undefined || section === undefined) return undefined;
  const kind = identityOf(section);
  const same = kind === 'its own keys' && section['aws_access_key_id'] === env['AWS_ACCESS_KEY_ID'];
  if (kind === undefined || (used === 'keys' && same)) return undefined;
  const [signs, comes] = held[used];
  // The fact that nobody expects comes first: on a screen the rest may not fit.
  return `profile ${profile} is not used: ${signs}, not ${kind}; ${comes} before AWS_PROFILE, and --profile ${shellWord(profile)} changes that`;
}

/** Returns a note on the environment's web identity that is passed over for the role of AWS_PROFILE. */
export function webIdentityPassedOver({profile}: CliSettings): string {
  const remedy = profile === undefined ? '' : ', and unset AWS_PROFILE changes that';
  return `the web identity in the environment is not used: the role of profile ${profile ?? 'default'} signs; it comes first${remedy}`;
}

/** Says in a few words who a profile is; undefined when it has settings alone. The order is that of the search for keys. */
function identityOf(section: Section): string | undefined {
  if (section['role_arn'] !== undefined) {
    return section['web_identity_token_file'] === undefined ? 'its role' : 'its web identity';
  }
  if (ssoNames.some((name) => section[name] !== undefined)) return 'its IAM Identity Center role';
  if (section['login_session'] !== undefined) return 'its sign-in with aws login';
  if (section['credential_process'] !== undefined) return 'its credential_process';
  return section['aws_access_key_id'] === undefined ? undefined : 'its own keys';
}
