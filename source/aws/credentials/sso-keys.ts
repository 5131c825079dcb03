import {BadSetting} from '../connection/bad-setting.ts';
import type {Section} from '../connection/shared-files.ts';
import {clientOf, type KeySources} from './key-sources.ts';
import type {Keys} from './keys.ts';
import {shellWord} from './shell-word.ts';

/** Settings of a profile that make it one of IAM Identity Center. */
export const ssoNames = ['sso_session', 'sso_start_url', 'sso_account_id', 'sso_region', 'sso_role_name'];

/** The keys of a profile of IAM Identity Center. Throws {@link BadSetting} for settings that do not fit together. */
export async function keysOfSso(profile: string, section: Section, sources: KeySources): Promise<Keys> {
  const {files} = sources.settings;
  const session = section['sso_session'];
  const ofSession = session === undefined ? {} : files.ssoSessions.get(session);
  if (ofSession === undefined) {
    throw incomplete(
      `profile ${profile} names sso_session ${session}, and the configuration has no such section`,
    );
  }
  const settings = {...section, ...ofSession};
  const wanted = ['sso_start_url', 'sso_region', 'sso_account_id', 'sso_role_name'];
  const missing = wanted.filter((name) => settings[name] === undefined);
  if (missing.length > 0) throw incomplete(`profile ${profile} lacks ${missing.join(', ')}`);
  const [{fromSSO}, {SSOClient}] = await Promise.all([
    import('@aws-sdk/credential-providers'),
    import('@aws-sdk/nested-clients/sso'),
  ]);
  const provider = fromSSO({
    ...((await sdkReads(profile, session, ofSession))
      ? {profile}
      : {
          // The SDK looks for the session's token under this text alone; it is not sent anywhere.
          ssoStartUrl: session ?? settings['sso_start_url'] ?? '',
          ssoAccountId: settings['sso_account_id'] ?? '',
          ssoRegion: settings['sso_region'] ?? '',
          ssoRoleName: settings['sso_role_name'] ?? '',
        }),
    ssoClient: new SSOClient({region: settings['sso_region'] ?? '', ...clientOf('sso', sources)}),
    // For the client that renews the session's token. Another service may have another endpoint.
    clientConfig: clientOf('sso-oidc', sources),
  }) as () => Promise<Keys>;
  try {
    return await provider();
  } catch (error) {
    throw endedSession(profile, error) ?? error;
  }
}

/** Returns true if the SDK's reader finds the same session. Then it can also renew the session's token. */
async function sdkReads(profile: string, session: string | undefined, ofSession: Section): Promise<boolean> {
  const {loadSsoSessionData, parseKnownFiles} = await import('@smithy/core/config');
  // Also makes the SDK forget how the files were when they were first read.
  const profiles = await parseKnownFiles({ignoreCache: true});
  if (session === undefined || profiles[profile]?.['sso_session'] !== session) return false;
  const sessions = await loadSsoSessionData();
  return sessions[session]?.['sso_region'] === ofSession['sso_region'];
}

function incomplete(message: string): BadSetting {
  return new BadSetting(message, {
    name: 'IncompleteProfile',
    remedy: 'complete it in the AWS configuration: aws configure sso rewrites such a profile',
  });
}

/** The SDK has many messages for one fact: the sign-in has ended. */
function endedSession(profile: string, error: unknown): BadSetting | undefined {
  const message = error instanceof Error ? error.message : '';
  if (!/expired|invalid|not found|UnauthorizedException|aws sso login/i.test(message)) return undefined;
  return new BadSetting(`the IAM Identity Center session of profile ${profile} has ended, or never began`, {
    name: 'SignInNeeded',
    remedy: `sign in: aws sso login --profile ${shellWord(profile)}`,
    signIn: true,
  });
}
