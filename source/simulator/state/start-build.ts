import type {AccountState, Build} from './account-state.ts';
import {pipelineArn} from './pipeline-arn.ts';
import {regionOf} from './region-of.ts';

interface BuildOrder {
  readonly region: string;
  readonly name: string;
  /** Default 1.0.0. */
  readonly version?: string | undefined;
  readonly type?: Build['type'] | undefined;
  readonly platform?: Build['platform'] | undefined;
  readonly buildType?: Build['buildType'] | undefined;
  /** A pipeline's name. */
  readonly pipeline?: string | undefined;
  readonly waitsAt?: string | undefined;
  readonly reportedRegion?: string | undefined;
  /** Simulated seconds. */
  readonly cancelSeconds?: number | undefined;
  /** Another account that owns it. */
  readonly owner?: string | undefined;
}

/** Adds a running build to a Region, under the next free build number of its version. */
export function startBuild(account: AccountState, order: BuildOrder, startedAt: number): Build {
  const {scenario} = account;
  const prefix = `arn:aws:imagebuilder:${order.region}:${order.owner ?? scenario.account.id}`;
  const version = order.version ?? '1.0.0';
  const versionArn = `${prefix}:image/${order.name}/${version}`;
  const region = regionOf(account, order.region);
  const buildNumber =
    [...region.builds.values()].filter((build) => build.versionArn === versionArn).length + 1;
  const build: Build = {
    arn: `${versionArn}/${buildNumber}`,
    versionArn,
    name: order.name,
    version,
    buildNumber,
    type: order.type ?? 'AMI',
    platform: order.platform ?? 'Linux',
    buildType: order.buildType ?? (order.pipeline === undefined ? 'USER_INITIATED' : 'SCHEDULED'),
    pipelineArn:
      order.pipeline === undefined
        ? undefined
        : pipelineArn(scenario, {region: order.region, name: order.pipeline}),
    startedAt,
    progress: {kind: 'live', lastsMs: scenario.builds.lastSeconds * 1000, waitsAt: order.waitsAt},
    reportedRegion: order.reportedRegion,
    cancelSeconds: order.cancelSeconds,
    shared: order.owner !== undefined,
  };
  region.builds.set(build.arn, build);
  return build;
}
