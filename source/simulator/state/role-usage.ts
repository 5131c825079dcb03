import type {AccountState, RoleUsage} from './account-state.ts';
import {isRunning} from './build-status.ts';

/**
 * Returns the users of the role at a simulated time (ms) as a RoleUsageList: every running build of the
 * account's own and every
 * scheduled pipeline of every Region. AWS does not document whether a disabled pipeline with a schedule frees
 * the role. Here it does not.
 */
export function roleUsage(account: AccountState, now: number): RoleUsage[] {
  const resourcesByRegion = new Map<string, string[]>();
  const add = (region: string, arn: string) => {
    resourcesByRegion.set(region, [...(resourcesByRegion.get(region) ?? []), arn]);
  };
  for (const [name, region] of account.regions) {
    for (const build of region.builds.values()) {
      if (!build.shared && isRunning(build, now)) add(build.reportedRegion ?? name, build.arn);
    }
    for (const pipeline of region.pipelines.values()) {
      if (pipeline.members.schedule?.scheduleExpression !== undefined) add(name, pipeline.arn);
    }
  }
  return [...resourcesByRegion].map(([Region, Resources]) => ({Region, Resources}));
}
