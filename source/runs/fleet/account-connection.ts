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
  readonly ticket?: string | undefined;
  readonly connection: ConnectionOptions;
}

/** How an account is entered: by its role, and the caller's own account by the caller's own keys. */
export function accountConnection(
  {base, fleet, role, externalId, ticket, connection}: Roles,
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
      sessionName: sessionName(fleet, base, ticket),
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

/** Most characters that STS takes. */
const longest = 64;

/** Characters of the caller that stay beside a long ticket. */
const leastUser = 8;

/** Names the fleet, its caller and its ticket in every account's CloudTrail, in the characters that STS takes. */
function sessionName(fleet: string, base: Identity, ticket: string | undefined): string {
  const user = shortCaller(base).split('/').at(-1) ?? '';
  const start = `handrail-${fleet}-`;
  const end = ticket === undefined ? '' : `-${ticket}`;
  const room = Math.max(leastUser, longest - start.length - end.length);
  return `${start}${user.slice(0, room)}${end}`.replace(/[^\w+=,.@-]/g, '-').slice(0, longest);
}
