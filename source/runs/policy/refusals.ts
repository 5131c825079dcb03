import {PolicyRefusal, UsageError} from '../../cli/usage-error.ts';
import {matchesPattern} from '../../data/pattern.ts';
import type {RunMode} from '../../engine/model/events.ts';
import {operationsOf} from '../../runbook/actions/actions.ts';
import type {ReadyRunbook} from '../../runbook/load/load.ts';
import type {Runbook} from '../../runbook/language/schema.ts';
import type {FoundPolicy} from './find-policies.ts';

/** What is about to be done, as far as it is known before AWS is asked anything. */
export interface Intent {
  readonly runbook: Runbook;
  /** The name and the hash that policies list: an undo goes by those of the run that it takes back. */
  readonly listed: {readonly name: string; readonly sha256: string};
  readonly mode: RunMode;
  readonly ticket?: string | undefined;
  /** Regions that the operator named for changes. */
  readonly regions: readonly string[];
}

/** Throws {@link PolicyRefusal} for the first rule that forbids what is about to be done. */
export function refuseByPolicy(policies: readonly FoundPolicy[], intent: Intent): void {
  for (const policy of policies) {
    refuseRunbook(policy, intent);
    refuseOperation(policy, intent);
    // A plan changes nothing.
    if (intent.mode === 'plan') continue;
    refuseRegion(policy, intent);
    refuseTicket(policy, intent);
  }
}

/** Throws {@link PolicyRefusal} for the first rule that forbids a runbook in many accounts. */
export function refuseFleet(
  policies: readonly FoundPolicy[],
  {runbook, sha256}: ReadyRunbook,
  {mode, regions, ticket}: Pick<Intent, 'mode' | 'regions' | 'ticket'>,
): void {
  refuseByPolicy(policies, {runbook, listed: {name: runbook.name, sha256}, mode, regions, ticket});
  if (mode === 'plan') return;
  const alone = "a fleet's waves are agreed to by one person: run it account by account";
  for (const policy of policies) {
    const {approvals = 1, notCaller, allowedSigners} = policy.rules;
    const member = approvals > 1 ? 'approvals' : notCaller === true ? 'notCaller' : 'allowedSigners';
    if (approvals > 1 || notCaller === true || allowedSigners !== undefined)
      throw refusal(policy, [member], `wants other people's approval, and ${alone}`);
  }
  const asking = runbook.steps.find(
    ({action}) => action.kind === 'confirm' && ((action.approvals ?? 1) > 1 || action.notCaller === true),
  );
  if (asking !== undefined)
    throw new UsageError(`the step “${asking.title}” wants other people's approval, and ${alone}`);
}

/** Throws {@link PolicyRefusal} for an account that a policy forbids. */
export function refuseAccount(policies: readonly FoundPolicy[], account: string): void {
  for (const policy of policies) {
    const at = policy.rules.never?.accounts?.indexOf(account) ?? -1;
    if (at >= 0) throw refusal(policy, ['never', 'accounts', at], `forbids account ${account}`);
  }
}

/** Throws {@link PolicyRefusal} for signatures that are wanted where none can be given. */
export function refuseUnsigned(policies: readonly FoundPolicy[]): void {
  for (const policy of policies) {
    if (policy.rules.allowedSigners === undefined) continue;
    throw refusal(policy, ['allowedSigners'], 'wants signed approvals, and an engine takes none yet');
  }
}

/** Throws {@link PolicyRefusal} for a fleet of more accounts than a policy lets it begin with. */
export function refuseCrowd(policies: readonly FoundPolicy[], accounts: number): void {
  for (const policy of policies) {
    const {maxAccounts} = policy.rules;
    if (maxAccounts !== undefined && accounts > maxAccounts) {
      throw refusal(
        policy,
        ['maxAccounts'],
        `lets a fleet begin with ${maxAccounts} accounts, not ${accounts}`,
      );
    }
  }
}

function refuseRunbook(policy: FoundPolicy, {listed: {name, sha256}}: Intent): void {
  const {never, runbooks} = policy.rules;
  const at = never?.runbooks?.indexOf(name) ?? -1;
  if (at >= 0) throw refusal(policy, ['never', 'runbooks', at], `forbids the runbook ${name}`);
  if (runbooks === undefined) return;
  const known = Object.hasOwn(runbooks, name) ? runbooks[name] : undefined;
  if (known === undefined) {
    throw refusal(
      policy,
      ['runbooks'],
      `lets only the runbooks run that it lists, and ${name} is not among them`,
    );
  }
  if (!known.includes(sha256)) {
    const why = `lists other texts of ${name}: the SHA-256 of this one is ${sha256}`;
    throw refusal(policy, ['runbooks', name], why);
  }
}

function refuseOperation(policy: FoundPolicy, {runbook}: Intent): void {
  const patterns = policy.rules.never?.operations ?? [];
  for (const step of runbook.steps) {
    for (const operation of operationsOf(step)) {
      const at = patterns.findIndex((pattern) => matchesPattern(operation, pattern));
      if (at < 0) continue;
      const why = `forbids ${operation}, which the step “${step.title}” calls`;
      throw refusal(policy, ['never', 'operations', at], why);
    }
  }
}

function refuseRegion(policy: FoundPolicy, {regions}: Intent): void {
  for (const [at, pattern] of (policy.rules.never?.regions ?? []).entries()) {
    const region = regions.find((name) => matchesPattern(name, pattern));
    if (region !== undefined) throw refusal(policy, ['never', 'regions', at], `forbids changes in ${region}`);
  }
}

function refuseTicket(policy: FoundPolicy, {ticket}: Intent): void {
  const {requireTicket: wanted} = policy.rules;
  if (wanted === undefined) return;
  if (ticket === undefined)
    throw refusal(policy, ['requireTicket'], `wants a ticket: --ticket ID, matching ${wanted}`);
  if (!new RegExp(`^(?:${wanted})$`, 'v').test(ticket)) {
    throw refusal(policy, ['requireTicket'], `does not take the ticket ${ticket}: it has to match ${wanted}`);
  }
}

function refusal({file, places}: FoundPolicy, path: readonly PropertyKey[], why: string): PolicyRefusal {
  return new PolicyRefusal(`the policy ${file}:${places.atPath(path, '').line} ${why}; nothing was changed`);
}
