import {Connection, type ConnectionOptions} from '../../aws/connection/connection.ts';
import {awsPort} from '../../aws/call/aws-port.ts';
import {pacedPort} from '../../aws/call/rate-limited-port.ts';
import {callerIdentity, NoIdentity} from '../../aws/preflight/identity.ts';
import {NoOrganization, organizationAccounts} from '../../aws/preflight/organization.ts';
import {UsageError} from '../../cli/usage-error.ts';
import {defined} from '../../data/defined.ts';
import type {ChosenAccounts} from '../../fleet/account.ts';
import {systemClock} from '../system-clock.ts';
import {accountsFile} from './accounts-file.ts';
import {chooseAccounts, type AccountFilters} from './choose-accounts.ts';
import {noRules, type AccountList, type ListedAccount} from './listed-account.ts';

/** How the organization is asked, where the source is one. */
interface Asking {
  readonly connection: ConnectionOptions;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/**
 * Returns the accounts that a source (`org`, or a file) and the filters come to. It changes nothing, and asks AWS for the
 * organization's accounts alone. Throws {@link UsageError}.
 */
export async function chosenAccounts(
  source: string,
  filters: AccountFilters,
  asking: Asking,
): Promise<ChosenAccounts> {
  return chooseAccounts(await accountList(source, asking), filters);
}

async function accountList(source: string, asking: Asking): Promise<AccountList> {
  if (source === 'org') {
    return {source: 'the organization', listed: await listedByOrganization(asking), never: noRules};
  }
  const {listed, ...rest} = accountsFile(source, asking.env);
  return {...rest, listed: listed === 'organization' ? await listedByOrganization(asking) : listed};
}

async function listedByOrganization({
  connection: options,
  signal,
}: Asking): Promise<readonly ListedAccount[]> {
  const connection = new Connection(options);
  try {
    const port = awsPort(connection);
    const {partition} = await callerIdentity(port, signal);
    connection.enter(partition);
    const unpaused = {...port, renew: async () => ({works: false, why: 'nothing has begun'}) as const};
    const accounts = await organizationAccounts(pacedPort(unpaused, systemClock), signal);
    return accounts.map(({id, name, state, ou, tags, management, unplaced}) => ({
      account: {id, tags, ...defined({name, ou})},
      ...defined({state}),
      ...(management ? {management} : {}),
      ...(unplaced ? {unplaced} : {}),
    }));
  } catch (error) {
    if (error instanceof NoIdentity) throw new UsageError(error.sentence);
    if (error instanceof NoOrganization) throw new UsageError(explained(error));
    throw error;
  } finally {
    connection.close();
  }
}

function explained({message, fault}: NoOrganization): string {
  const hint =
    fault.name === 'AWSOrganizationsNotInUseException'
      ? 'name the accounts in a file: --accounts FILE'
      : 'use keys of the management account or of a delegated administrator, or a file: ' +
        'aws organizations list-accounts > accounts.json';
  return `Organizations does not list the accounts: ${message}; ${hint}`;
}
