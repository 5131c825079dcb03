import {z} from 'zod';
import type {Pipeline} from '../../state/account-state.ts';
import {statusAt} from '../../state/build-status.ts';
import {regionOf} from '../../state/region-of.ts';
import {newRole} from '../../state/role.ts';
import {startBuild} from '../../state/start-build.ts';
import {validate} from '../../validate.ts';
import type {Call, Operation} from '../service.ts';
import {imagePipelineArn} from './arn-patterns.ts';
import {once} from './idempotency.ts';
import {filtered, filtersInput, imageBuilderPage, listInput} from './list.ts';
import {pipelineMembers, tagMap} from './pipeline-members.ts';
import {invalidRequest, notFound} from './refusals.ts';

const hour = 3_600_000;

const pipelineFilters = {
  name: (pipeline: Pipeline) => pipeline.name,
  description: (pipeline: Pipeline) => pipeline.members.description,
  distributionConfigurationArn: (pipeline: Pipeline) => pipeline.members.distributionConfigurationArn,
  imageRecipeArn: (pipeline: Pipeline) => pipeline.members.imageRecipeArn,
  containerRecipeArn: (pipeline: Pipeline) => pipeline.members.containerRecipeArn,
  infrastructureConfigurationArn: (pipeline: Pipeline) => pipeline.members.infrastructureConfigurationArn,
  status: (pipeline: Pipeline) => pipeline.members.status,
};

const listInputSchema = z.object({...listInput, filters: filtersInput});

export const listImagePipelines: Operation = (call) => {
  const input = validate(listInputSchema, call.input, invalidRequest);
  const all = [...regionOf(call.account, call.region).pipelines.values()];
  const matching = filtered(all, input.filters, pipelineFilters);
  const page = imageBuilderPage(call, 'ListImagePipelines', matching, (pipeline) => pipeline.arn, input);
  return {
    imagePipelineList: page.items.map((pipeline) => pipelineView(call, pipeline)),
    nextToken: page.nextToken,
  };
};

const byArn = z.object({imagePipelineArn: z.string().regex(imagePipelineArn)});

export const getImagePipeline: Operation = (call) => {
  const {imagePipelineArn: arn} = validate(byArn, call.input, invalidRequest);
  return {imagePipeline: pipelineView(call, pipelineOf(call, arn))};
};

const updateInput = byArn.extend({clientToken: z.string().min(1).max(64)});

/**
 * Replaces every writable member. Members that the request leaves out are gone; without a schedule the pipeline
 * is manual.
 */
export const updateImagePipeline: Operation = (call) => {
  const {imagePipelineArn: arn, clientToken} = validate(updateInput, call.input, invalidRequest);
  const members = validate(pipelineMembers, call.input, invalidRequest);
  return once(call, 'UpdateImagePipeline', clientToken, () => {
    const pipeline = pipelineOf(call, arn);
    pipeline.members = members;
    pipeline.notYetModelled = {};
    pipeline.updatedAt = call.now;
    return {clientToken, imagePipelineArn: arn};
  });
};

export const deleteImagePipeline: Operation = (call) => {
  const {imagePipelineArn: arn} = validate(byArn, call.input, invalidRequest);
  regionOf(call.account, call.region).pipelines.delete(pipelineOf(call, arn).arn);
  return {imagePipelineArn: arn};
};

const startInput = updateInput.extend({tags: tagMap.optional()});

/** Starts a build by hand. Image Builder recreates its role by itself when it needs it (AWS documentation). */
export const startImagePipelineExecution: Operation = (call) => {
  const {imagePipelineArn: arn, clientToken} = validate(startInput, call.input, invalidRequest);
  return once(call, 'StartImagePipelineExecution', clientToken, () => {
    const {name, platform, members} = pipelineOf(call, arn);
    call.account.role ??= newRole(call.now, call.account.scenario.role.description);
    // A recipe version may hold an x, which stands for any number; an image version may not.
    const version = (members.imageRecipeArn ?? members.containerRecipeArn)
      ?.split('/')
      .at(-1)
      ?.replaceAll('x', '0');
    const build = startBuild(
      call.account,
      {
        region: call.region,
        name,
        version,
        platform,
        type: members.containerRecipeArn === undefined ? 'AMI' : 'DOCKER',
        buildType: 'USER_INITIATED',
        pipeline: name,
      },
      call.now,
    );
    return {clientToken, imageBuildVersionArn: build.arn};
  });
};

function pipelineOf(call: Call, arn: string): Pipeline {
  const pipeline = regionOf(call.account, call.region).pipelines.get(arn);
  if (pipeline === undefined) throw notFound(arn);
  return pipeline;
}

function pipelineView(call: Call, pipeline: Pipeline): object {
  const lastBuild = [...regionOf(call.account, call.region).builds.values()]
    .filter((build) => build.pipelineArn === pipeline.arn)
    .toSorted((a, b) => a.startedAt - b.startedAt)
    .at(-1);
  return {
    arn: pipeline.arn,
    name: pipeline.name,
    platform: pipeline.platform,
    ...pipeline.members,
    ...pipeline.notYetModelled,
    dateCreated: new Date(pipeline.createdAt).toISOString(),
    dateUpdated: new Date(pipeline.updatedAt).toISOString(),
    ...(lastBuild !== undefined && {
      dateLastRun: new Date(lastBuild.startedAt).toISOString(),
      lastRunStatus: statusAt(lastBuild, call.now),
    }),
    // The simulator evaluates no schedules: every expression gives the next full hour.
    ...(pipeline.members.schedule?.scheduleExpression !== undefined && {
      dateNextRun: new Date((Math.floor(call.now / hour) + 1) * hour).toISOString(),
    }),
    tags: pipeline.tags,
    consecutiveFailures: 0,
  };
}
