import type {AccountState} from './account-state.ts';
import type {PipelineMembers} from '../services/imagebuilder/pipeline-members.ts';
import {statusAt, type BuildStatus} from './build-status.ts';
import {taskStatus} from './deletion-task-status.ts';

/** An account as plain JSON without volatile dates: two of them can be compared before and after. */
export interface AccountDocument {
  readonly id: string;
  readonly alias: string;
  /** `null` when the role does not exist. */
  readonly role: {readonly id: string; readonly description: string} | null;
  readonly deletionTasks: readonly {readonly id: string; readonly status: string}[];
  /** By Region name, then by ARN. */
  readonly regions: Readonly<Record<string, RegionDocument>>;
}

interface RegionDocument {
  readonly builds: Readonly<Record<string, BuildDocument>>;
  readonly pipelines: Readonly<Record<string, PipelineDocument>>;
}

interface BuildDocument {
  readonly status: BuildStatus;
  readonly buildType: string;
  readonly sourcePipelineArn?: string;
}

/** The members are exactly those that UpdateImagePipeline can write. */
interface PipelineDocument {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly members: PipelineMembers;
}

/** Takes a deep copy of an account at a simulated time (milliseconds). */
export function documentOf(account: AccountState, now: number): AccountDocument {
  return structuredClone({
    id: account.scenario.account.id,
    alias: account.scenario.account.alias,
    role: account.role === undefined ? null : {id: account.role.id, description: account.role.description},
    deletionTasks: [...account.deletionTasks.values()].map((task) => ({
      id: task.id,
      status: taskStatus(task, now),
    })),
    regions: Object.fromEntries(
      [...account.regions].map(([name, region]) => [
        name,
        {
          builds: Object.fromEntries(
            [...region.builds.values()].map((build) => [
              build.arn,
              {
                status: statusAt(build, now),
                buildType: build.buildType,
                ...(build.pipelineArn !== undefined && {sourcePipelineArn: build.pipelineArn}),
              },
            ]),
          ),
          pipelines: Object.fromEntries(
            [...region.pipelines.values()].map((pipeline) => [
              pipeline.arn,
              {name: pipeline.name, tags: pipeline.tags, members: pipeline.members},
            ]),
          ),
        },
      ]),
    ),
  });
}
