import {allClosed, windowListsOf} from '../../engine/queries/change-window.ts';
import {UsageError} from '../../cli/usage-error.ts';
import type {Happening} from '../../engine/model/events.ts';
import type {Gates} from '../../engine/model/happenings/gate.ts';
import type {Policy} from '../../engine/model/happenings/policy.ts';
import type {Identity} from '../../engine/model/identity.ts';
import {shortCaller} from '../../wording/fault-text.ts';

/** The event that a run does not wait for its window; none without a reason. */
export function overriding(reason: string | undefined, identity: Identity): readonly Happening[] {
  return reason === undefined ? [] : [{type: 'gate-overridden', by: shortCaller(identity), reason}];
}

/** Throws {@link UsageError} for windows that do not open together. */
export function refuseNeverOpen(gates: Gates | undefined, policy: Policy): void {
  if (allClosed(windowListsOf({started: {gates}, policy}), Date.now())?.never === true)
    throw new UsageError('--window and the windows of the policy are never open at the same time');
}

/** Throws {@link UsageError} for a reason not to wait where there is no window to wait for. */
export function refuseIdleOverride(
  reason: string | undefined,
  gates: Gates | undefined,
  ...policies: readonly (Pick<Policy, 'windows' | 'calendars'> | undefined)[]
): void {
  const waits = [gates, ...policies].some(
    (rules) => rules?.windows !== undefined || rules?.calendars !== undefined,
  );
  if (reason !== undefined && !waits)
    throw new UsageError(
      '--override: this run has no window and no calendar to override, by options or by a policy',
    );
}
