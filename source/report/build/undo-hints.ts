import type {ReportedChange} from '../model.ts';

/** How a change can be taken back. */
export interface Undo {
  readonly change: ReportedChange;
  /** What to set, when there is a picture of before; absent: the journal alone cannot bring it back. */
  readonly putBack?: NonNullable<ReportedChange['members']>;
}

/** Members that the service keeps by itself: nobody can set them. */
const kept = /^(date|last|next|consecutive)|(At|Date|Time|Count)$/;

/** How each change can be taken back, the newest first: that is the order to do it in. */
export function undoOf(changes: readonly ReportedChange[]): readonly Undo[] {
  return changes.toReversed().map((change) => {
    const members = change.members?.filter(({name}) => !kept.test(name)) ?? [];
    return members.length === 0 ? {change} : {change, putBack: members};
  });
}
