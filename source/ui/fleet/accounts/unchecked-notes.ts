import {uncheckedGroups, uncheckedIn, uncheckedWhere} from '../../../fleet/unchecked.ts';
import type {FleetState} from '../../../fleet/state.ts';

/**
 * Formats the Regions that no look was made in, a line for each reason: they are no clear ones. A line names at most `most`
 * Regions.
 */
export function uncheckedNotes({accounts}: Pick<FleetState, 'accounts'>, most = Infinity): readonly string[] {
  return uncheckedGroups([...accounts.values()], ({look}) => look?.unchecked).map(
    (group) => `${uncheckedWhere(group, most)} not checked ${uncheckedIn(group)}: ${group.why}`,
  );
}
