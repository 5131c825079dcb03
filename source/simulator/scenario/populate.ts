import type {AccountState, Build, FinalStatus, RegionState} from '../state/account-state.ts';
import {pipelineArn} from '../state/pipeline-arn.ts';
import {regionOf} from '../state/region-of.ts';
import {newRole} from '../state/role.ts';
import {startBuild} from '../state/start-build.ts';
import {membersOf} from './pipeline-from-template.ts';
import type {Scenario} from './schema.ts';

const day = 86_400_000;

/** The fate of old builds, in turn: mostly good ones, and every final status there is. */
const fates: readonly FinalStatus[] = [
  'AVAILABLE',
  'AVAILABLE',
  'FAILED',
  'AVAILABLE',
  'CANCELLED',
  'DEPRECATED',
  'AVAILABLE',
  'DISABLED',
  'DELETED',
];

/**
 * Makes the account that a scenario describes, as of a simulated time (milliseconds). `shared` is what the accounts of an
 * organization have in common.
 */
export function populate(
  scenario: Scenario,
  now: number,
  shared: Pick<AccountState, 'sessions' | 'organization'> = {sessions: new Map()},
): AccountState {
  const account: AccountState = {
    scenario,
    regions: new Map(scenario.regionNames.map((name) => [name, emptyRegion(scenario, name)])),
    role: scenario.role.present ? newRole(now - 900 * day, scenario.role.description) : undefined,
    deletionTasks: new Map(),
    calendars: scenario.calendars.map(({turnsAfter, ...calendar}) => ({
      ...calendar,
      // AWS knows no fractions of a second here.
      turns: turnsAfter.map((seconds) => Math.ceil(now / 1000 + seconds) * 1000),
    })),
    ...shared,
    surprises: scenario.surprises.map((surprise) => ({surprise, seen: 0})),
  };
  for (const name of scenario.regionNames) {
    const counts = {...scenario.everyRegion, ...scenario.regions[name]};
    addManualPipelines(account, name, counts.manual ?? 0, now);
    addFinishedBuilds(account, name, counts.finished ?? 0, now);
  }
  for (const entry of scenario.pipelines) {
    addPipeline(account, {...entry, createdAt: now - 400 * day});
  }
  for (const {startedMinutesAgo, ...order} of scenario.running) {
    startBuild(account, order, now - startedMinutesAgo * 60_000);
  }
  return account;
}

function emptyRegion(scenario: Scenario, name: string): RegionState {
  return {
    optStatus: scenario.regions[name]?.status ?? 'ENABLED_BY_DEFAULT',
    builds: new Map(),
    pipelines: new Map(),
    answers: new Map(),
  };
}

type PipelineOrder = Omit<Scenario['pipelines'][number], 'rules'> & {createdAt: number};

function addPipeline(account: AccountState, order: PipelineOrder): void {
  const arn = pipelineArn(account.scenario, order);
  regionOf(account, order.region).pipelines.set(arn, {
    arn,
    name: order.name,
    platform: order.platform,
    tags: order.tags,
    createdAt: order.createdAt,
    updatedAt: order.createdAt,
    members: membersOf(account.scenario, order),
    notYetModelled: order.notYetModelled,
  });
}

function addManualPipelines(account: AccountState, region: string, count: number, now: number): void {
  for (let number = 1; number <= count; number += 1) {
    const name = `team-${String(number).padStart(3, '0')}`;
    addPipeline(account, {
      region,
      name,
      platform: number % 4 === 0 ? 'Windows' : 'Linux',
      tags: {team: `team-${number % 7}`},
      like: [],
      with: {
        description: `Built by hand by team ${number}`,
        imageRecipeArn: `image-recipe/${name}/1.0.${number % 5}`,
        infrastructureConfigurationArn: 'infrastructure-configuration/standard',
        enhancedImageMetadataEnabled: true,
        status: number % 9 === 0 ? 'DISABLED' : 'ENABLED',
      },
      notYetModelled: {},
      createdAt: now - (300 + number) * day,
    });
  }
}

function addFinishedBuilds(account: AccountState, region: string, count: number, now: number): void {
  const {builds} = regionOf(account, region);
  for (let index = 0; index < count; index += 1) {
    // Four builds of each version, so that a version has several builds, as on AWS.
    const version = `1.0.${Math.floor(index / 4)}`;
    const buildNumber = (index % 4) + 1;
    const versionArn = `arn:aws:imagebuilder:${region}:${account.scenario.account.id}:image/base/${version}`;
    const build: Build = {
      arn: `${versionArn}/${buildNumber}`,
      versionArn,
      name: 'base',
      version,
      buildNumber,
      type: 'AMI',
      platform: 'Linux',
      buildType: 'USER_INITIATED',
      startedAt: now - (count - index) * 7 * day,
      progress: {kind: 'finished', status: fates[index % fates.length] ?? 'AVAILABLE'},
      shared: false,
    };
    builds.set(build.arn, build);
  }
}
