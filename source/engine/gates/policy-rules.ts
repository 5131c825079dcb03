import {defined} from '../../data/defined.ts';
import {distinct} from '../../data/distinct.ts';
import type {Policy} from '../model/happenings/policy.ts';
import {strictest} from '../queries/approvals.ts';
import {bothLists} from '../queries/change-window.ts';
import type {RunState} from '../model/state.ts';

/** Adds the policy that was found at a resumption: what a run began under holds, too. */
export function withPolicy(
  {policy: before}: RunState,
  found: Policy | undefined,
): Pick<RunState, 'policy'> | undefined {
  if (found === undefined) return undefined;
  return {policy: before === undefined ? found : joined(before, found)};
}

/** The rules of both; a file that both found is there once. */
function joined(one: Policy, other: Policy): Policy {
  const isNew = ({sha256}: Policy['files'][number]): boolean =>
    !one.files.some((known) => known.sha256 === sha256);
  return {
    files: [...one.files, ...other.files.filter(isNew)],
    ...defined({
      windows: bothLists(one.windows, other.windows),
      calendars: distinct([...(one.calendars ?? []), ...(other.calendars ?? [])]),
      approvals: strictest(one.approvals, other.approvals),
      signers: distinct([...(one.signers ?? []), ...(other.signers ?? [])]),
      neverIn: distinct([...(one.neverIn ?? []), ...(other.neverIn ?? [])]),
    }),
  };
}
