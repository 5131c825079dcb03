import type {DeletionTask} from './account-state.ts';

/** The status of a deletion task at a simulated time (milliseconds): it idles for its first fifth. */
export function taskStatus(
  task: DeletionTask,
  now: number,
): 'NOT_STARTED' | 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED' {
  if (task.end !== undefined) return task.end.status;
  return now - task.startedAt < (task.endsAt - task.startedAt) / 5 ? 'NOT_STARTED' : 'IN_PROGRESS';
}
