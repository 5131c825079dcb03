import type {ReportedChange} from '../model.ts';

/** A way to take a change back. */
export interface Undo {
  readonly change: ReportedChange;
  /**
   * Members to set back, when there is a picture from before. Absent: the journal alone cannot restore them.
   */
  readonly putBack?: NonNullable<ReportedChange['members']>;
}

/** Members that only the service sets. */
const kept = /^(date|last|next|consecutive)|(At|Date|Time|Count)$/;

/** Returns a way to take back each change, the newest first: that is the order to follow. */
export function undoOf(changes: readonly ReportedChange[]): readonly Undo[] {
  return changes.toReversed().map((change) => {
    const members = change.members?.filter(({name}) => !kept.test(name)) ?? [];
    return members.length === 0 ? {change} : {change, putBack: members};
  });
}
