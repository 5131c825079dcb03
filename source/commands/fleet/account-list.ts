import type {ConnectionOptions} from '../../aws/connection/connection.ts';
import type {Arguments} from '../../cli/command.ts';
import {UsageError} from '../../cli/usage-error.ts';
import type {ChosenAccounts} from '../../fleet/account.ts';

/** Returns the accounts that the options come to. Throws {@link UsageError}. */
export async function accountsFrom(args: Arguments, connection: ConnectionOptions): Promise<ChosenAccounts> {
  const source = args.text('accounts');
  if (source === undefined) throw new UsageError('name the accounts: --accounts org, or --accounts FILE');
  const filters = {
    ous: args.texts('ou'),
    tags: args.texts('tag'),
    only: args.texts('only'),
    exclude: args.texts('exclude'),
  };
  const {chosenAccounts} = await import('../../runs/accounts/chosen-accounts.ts');
  const {signal} = new AbortController();
  return chosenAccounts(source, filters, {connection, env: process.env, signal});
}
