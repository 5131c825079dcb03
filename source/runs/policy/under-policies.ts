import {UsageError} from '../../cli/usage-error.ts';
import {allClosedUntil, neverOpen} from '../../engine/queries/change-window.ts';
import {refuseIdleOverride} from '../gates/overriding.ts';
import type {Order} from '../order.ts';
import {policiesFor, policyOf} from './find-policies.ts';
import {refuseByPolicy} from './refusals.ts';

/**
 * Returns an order that keeps to the policies that are found. Throws PolicyRefusal for what they forbid, {@link UsageError}
 * for windows that do not open together, and what `policiesFor` throws.
 */
export function underPolicies(order: Order, named: string | undefined, env: NodeJS.ProcessEnv): Order {
  const {loaded, mode, gates, regions, onlyRegions = []} = order;
  const listed = order.original ?? {name: loaded.runbook.name, sha256: loaded.sha256, file: loaded.file};
  const policies = policiesFor(listed.file, named, env);
  const intent = {runbook: loaded.runbook, listed, mode, ticket: gates?.ticket};
  refuseByPolicy(policies, {...intent, regions: [...regions, ...onlyRegions]});
  const policy = policyOf(policies);
  refuseIdleOverride(order.override, gates, policy);
  const windows = [gates?.windows ?? [], ...(policy.windows ?? [])].filter(({length}) => length > 0);
  const now = Date.now();
  const until = allClosedUntil(windows, now);
  if (until !== undefined && neverOpen(until, now))
    throw new UsageError('--window and the windows of the policy are never open at the same time');
  return {...order, policies};
}
