import type {ConnectionOptions} from '../../aws/connection/connection.ts';
import type {Arguments} from '../../cli/command.ts';
import {UsageError} from '../../cli/usage-error.ts';
import type {FoundPolicy} from '../../runs/policy/find-policies.ts';
import type {ChosenAccounts} from '../../fleet/account.ts';

/** Returns the accounts that the options come to. Throws {@link UsageError}. */
export async function accountsFrom(
  args: Arguments,
  connection: ConnectionOptions,
  policies: readonly FoundPolicy[],
): Promise<ChosenAccounts> {
  const source = args.text('accounts');
  if (source === undefined) throw new UsageError('name the accounts: --accounts org, or --accounts FILE');
  const filters = {
    ous: args.texts('ou'),
    tags: args.texts('tag'),
    only: args.texts('only'),
    exclude: args.texts('exclude'),
  };
  const [{chosenAccounts}, {withoutForbidden}] = await Promise.all([
    import('../../runs/accounts/chosen-accounts.ts'),
    import('../../runs/policy/fleet-policies.ts'),
  ]);
  const {signal} = new AbortController();
  const chosen = await chosenAccounts(source, filters, {connection, env: process.env, signal});
  return withoutForbidden(chosen, policies);
}
