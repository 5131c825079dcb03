/** Polls since the last one in the journal, and their calls: they found the same, and are not in the journal. */
export interface Unrecorded {
  readonly polls: number;
  readonly calls: number;
}
