import type {ConnectionOptions} from '../../aws/connection/connection.ts';
import type {Identity} from '../../engine/model/identity.ts';
import type {Account} from '../../fleet/account.ts';
import {shortCaller} from '../../wording/fault-text.ts';

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
  const wanted = account.externalId ?? externalId;
  return {
    ...connection,
    role: {
      arn,
      sessionName: sessionName(fleet, base),
      ...(wanted === undefined ? {} : {externalId: wanted}),
    },
  };
}

/** Names the fleet and its caller in every account's CloudTrail, in at most 64 of the characters that STS takes. */
function sessionName(fleet: string, base: Identity): string {
  const user = shortCaller(base).split('/').at(-1) ?? '';
  return `handrail-${fleet}-${user}`.replace(/[^\w+=,.@-]/g, '-').slice(0, 64);
}
