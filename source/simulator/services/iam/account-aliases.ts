import type {Operation} from '../service.ts';

/** An account has at most one alias. */
export const listAccountAliases: Operation = (call) => ({
  AccountAliases: [call.account.scenario.account.alias],
  IsTruncated: false,
});
