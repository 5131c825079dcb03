import {randomBytes} from 'node:crypto';
import type {AccountState} from '../state/account-state.ts';

/** Lifetime of a session's keys in ms: AWS's default. */
const sessionMs = 3_600_000;

/** How long a session lasts, where it is not AWS's default. */
interface Lifetime {
  /** Real ms that the keys say to last. */
  readonly announcedMs?: number;
  /** Simulated time (ms) from which the keys are refused. */
  readonly endsAt?: number | undefined;
}

/** Issues keys for a role. Returns STS's answer. */
export function startSession(
  account: AccountState,
  roleArn: string,
  sessionName: string,
  {announcedMs = sessionMs, endsAt}: Lifetime = {},
): object {
  const accessKeyId = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
  const [, , , , owner = '', resource = ''] = roleArn.split(':');
  const session = {
    secretAccessKey: randomBytes(30).toString('base64url'),
    sessionToken: randomBytes(180).toString('base64url'),
    caller: `arn:aws:sts::${owner}:assumed-role/${resource.split('/').at(-1)}/${sessionName}`,
    owner,
    ...(endsAt === undefined ? {} : {endsAt}),
  };
  account.sessions.set(accessKeyId, session);
  return {
    Credentials: {
      AccessKeyId: accessKeyId,
      SecretAccessKey: session.secretAccessKey,
      SessionToken: session.sessionToken,
      // The real time: clients judge by their own clock when to ask for new keys.
      Expiration: new Date(Date.now() + announcedMs).toISOString(),
    },
    AssumedRoleUser: {AssumedRoleId: `AROAEXAMPLE:${sessionName}`, Arn: session.caller},
  };
}
