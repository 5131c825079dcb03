import type {AccountState, TaskEnd} from './account-state.ts';
import {roleUsage} from './role-usage.ts';

/**
 * Ends every deletion task that is due, judged by the role's users at its due time. Call it before each
 * request: only requests and time change an account. The state it finds is therefore the one that the task
 * would have found.
 */
export function settleDeletionTasks(account: AccountState, now: number): void {
  for (const task of account.deletionTasks.values()) {
    if (task.end !== undefined || task.endsAt > now) continue;
    task.end = endOfTask(account, task.endsAt);
    if (task.end.status !== 'SUCCEEDED') continue;
    account.role = undefined;
    if (account.scenario.deletion.purgeOnSuccess) account.deletionTasks.delete(task.id);
  }
}

function endOfTask(account: AccountState, at: number): TaskEnd {
  const {activeSessionFailures, report} = account.scenario.deletion;
  const failuresSoFar = [...account.deletionTasks.values()].filter(
    (task) => task.end?.status === 'FAILED',
  ).length;
  if (account.role === undefined) return {status: 'FAILED', reason: 'The role cannot be found.'};
  const usage = roleUsage(account, at);
  if (usage.length === 0 && failuresSoFar >= activeSessionFailures) return {status: 'SUCCEEDED'};
  if (report === 'nothing') return {status: 'FAILED'};
  const reason =
    usage.length === 0
      ? 'The role has active sessions that cannot be revoked.'
      : 'A service-linked role is required by the following resources.';
  if (report === 'reason' || usage.length === 0) return {status: 'FAILED', reason};
  return {status: 'FAILED', reason, usage: report === 'first' ? usage.slice(0, 1) : usage};
}
