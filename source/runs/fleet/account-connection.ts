import type {ConnectionOptions} from '../../aws/connection/connection.ts';
import {UsageError} from '../../cli/usage-error.ts';
import type {Identity} from '../../engine/model/identity.ts';
import type {Account} from '../../fleet/account.ts';
import {shortCaller} from '../../wording/fault-text.ts';
import {variableOf} from '../accounts/external-id.ts';

/** The roles of a fleet. */
interface Roles {
  readonly base: Identity;
  readonly fleet: string;
  readonly role: string;
  readonly externalId?: string;
  readonly connection: ConnectionOptions;
}

/** How an account is entered: by its role, and the caller's own account by the caller's own keys. */
export function accountConnection(
  {base, fleet, role, externalId, connection}: Roles,
  account: Account,
): ConnectionOptions {
  if (account.id === base.account && account.role === undefined) return connection;
  const name = account.role ?? role;
  const arn = name.startsWith('arn:') ? name : `arn:${base.partition}:iam::${account.id}:role/${name}`;
  const wanted = valueOf(account.externalId ?? externalId, connection.env);
  return {
    ...connection,
    role: {
      arn,
      sessionName: sessionName(fleet, base),
      ...(wanted === undefined ? {} : {externalId: wanted}),
    },
  };
}

/** The external id itself, where the list names the environment variable that holds it. Throws {@link UsageError}. */
function valueOf(externalId: string | undefined, env: NodeJS.ProcessEnv = {}): string | undefined {
  const variable = externalId === undefined ? undefined : variableOf(externalId);
  if (variable === undefined) return externalId;
  if (env[variable]) return env[variable];
  throw new UsageError(
    `the external id of an account is in the environment variable ${variable}, which is not set`,
  );
}

/** Names the fleet and its caller in every account's CloudTrail, in at most 64 of the characters that STS takes. */
function sessionName(fleet: string, base: Identity): string {
  const user = shortCaller(base).split('/').at(-1) ?? '';
  return `handrail-${fleet}-${user}`.replace(/[^\w+=,.@-]/g, '-').slice(0, 64);
}
