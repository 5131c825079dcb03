import type {ReportedChange} from './model.ts';

/** Returns the changes that were made: one that AWS was only asked for is not among them. */
export function madeOf(changes: readonly ReportedChange[]): readonly ReportedChange[] {
  return changes.filter(({effect = 'reached'}) => effect === 'reached');
}
