import type {AccountState, Build} from '../../state/account-state.ts';
import {statusAt} from '../../state/build-status.ts';

/** A build as ListImageBuildVersions shows it. The pipeline is not part of it, only of GetImage's answer. */
export function imageSummary(account: AccountState, build: Build, now: number): object {
  return {...commonMembers(build, now), owner: build.arn.split(':')[4] ?? account.scenario.account.id};
}

/** A build as GetImage shows it. */
export function imageDetail(build: Build, now: number): object {
  return {
    ...commonMembers(build, now),
    ...(build.pipelineArn !== undefined && {
      sourcePipelineArn: build.pipelineArn,
      sourcePipelineName: build.pipelineArn.split('/').at(-1),
    }),
  };
}

function commonMembers(build: Build, now: number): object {
  const status = statusAt(build, now);
  const region = build.arn.split(':')[3] ?? '';
  return {
    arn: build.arn,
    name: build.name,
    type: build.type,
    version: `${build.version}/${build.buildNumber}`,
    platform: build.platform,
    osVersion: osVersion(build),
    state: {status, ...(status === 'FAILED' && {reason: 'A build step failed with exit code 1.'})},
    dateCreated: new Date(build.startedAt).toISOString(),
    outputResources: {
      amis:
        status === 'AVAILABLE' && build.type === 'AMI'
          ? [{region, image: `ami-${build.startedAt.toString(16).padStart(17, '0')}`, name: build.name}]
          : [],
    },
    tags: {},
    buildType: build.buildType,
    imageSource: build.buildType.startsWith('IMPORT') ? 'IMPORTED' : 'CUSTOM',
  };
}

export function osVersion(build: Build): string {
  return build.platform === 'Windows' ? 'Microsoft Windows Server 2022' : 'Amazon Linux 2023';
}
