import {refuseIdleOverride, refuseNeverOpen} from '../gates/overriding.ts';
import type {Order} from '../order.ts';
import {policiesFor, policyOf} from './find-policies.ts';
import {refuseByPolicy} from './refusals.ts';

/**
 * Returns an order that keeps to the policies that are found. Throws PolicyRefusal for what they forbid, UsageError
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
  refuseNeverOpen(gates, policy);
  return {...order, policies};
}
