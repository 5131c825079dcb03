/**
 * End of a run. `done` 0 · `planned` 0 · `failed` 1 · `needs-operator` 3 · `declined` 3 · `blocked` 4. An interrupted
 * run has not ended: it can be resumed.
 */
export type RunStatus = 'done' | 'planned' | 'failed' | 'needs-operator' | 'declined' | 'blocked';
