/**
 * End of a run. `done` 0 · `planned` 0 · `failed` 1 · `needs-operator` 3 · `declined` 3 · `blocked` 4. An interrupted
 * run has not ended: it can be resumed.
 */
export type RunStatus = 'done' | 'planned' | 'failed' | 'needs-operator' | 'declined' | 'blocked';

/** Returns true if a run or a fleet came to the end that it was begun for: there is nothing to go on with. */
export function isOver(ended: {readonly status: RunStatus} | undefined): boolean {
  return ended?.status === 'done' || ended?.status === 'planned';
}
