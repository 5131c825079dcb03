import {z} from 'zod';
import {ServiceError} from '../../service-error.ts';
import type {Build} from '../../state/account-state.ts';
import {isRunning, statusAt} from '../../state/build-status.ts';
import {regionOf} from '../../state/region-of.ts';
import {validate} from '../../validate.ts';
import type {Call, Operation} from '../service.ts';
import {imageBuildVersionArn, imageVersionArn, imageVersionOrBuildArn} from './arn-patterns.ts';
import {once} from './idempotency.ts';
import {imageDetail, imageSummary, osVersion} from './image-views.ts';
import {filtered, filtersInput, imageBuilderPage, listInput} from './list.ts';
import {invalidRequest, notFound} from './refusals.ts';

const buildFilters = {
  name: (build: Build) => build.name,
  osVersion,
  platform: (build: Build) => build.platform,
  type: (build: Build) => build.type,
  version: (build: Build) => build.version,
};

const listImagesInput = z.object({
  ...listInput,
  filters: filtersInput,
  owner: z.enum(['Self', 'Shared', 'Amazon', 'ThirdParty', 'AWSMarketplace']).default('Self'),
  includeDeprecated: z.boolean().default(false),
});

/** One entry for each image version; it gives no state. The account owns everything here, so other owners have none. */
export const listImages: Operation = (call) => {
  const input = validate(listImagesInput, call.input, invalidRequest);
  const candidates = input.owner === 'Self' ? buildsOf(call) : [];
  const visible = candidates.filter(
    (build) => input.includeDeprecated || statusAt(build, call.now) !== 'DEPRECATED',
  );
  const latest = new Map<string, Build>();
  for (const build of filtered(visible, input.filters, buildFilters)) {
    if (build.buildNumber > (latest.get(build.versionArn)?.buildNumber ?? 0))
      latest.set(build.versionArn, build);
  }
  const page = imageBuilderPage(call, 'ListImages', [...latest.values()], (build) => build.versionArn, input);
  return {
    imageVersionList: page.items.map((build) => ({
      arn: build.versionArn,
      name: build.name,
      type: build.type,
      version: build.version,
      platform: build.platform,
      osVersion: osVersion(build),
      owner: call.account.scenario.account.id,
      dateCreated: new Date(build.startedAt).toISOString(),
      buildType: build.buildType,
    })),
    nextToken: page.nextToken,
  };
};

const listBuildsInput = z.object({
  ...listInput,
  filters: filtersInput,
  imageVersionArn: z.string().regex(imageVersionArn).optional(),
});

/** The builds of one version, or of the whole Region when no version is given. */
export const listImageBuildVersions: Operation = (call) => {
  const input = validate(listBuildsInput, call.input, invalidRequest);
  if (input.imageVersionArn === undefined && call.account.scenario.builds.listedByVersionOnly) {
    throw new ServiceError(invalidRequest, 400, 'The imageVersionArn must be given.');
  }
  const wanted = buildsOf(call).filter(
    (build) => (input.imageVersionArn ?? build.versionArn) === build.versionArn,
  );
  const builds = filtered(wanted, input.filters, buildFilters);
  const page = imageBuilderPage(call, 'ListImageBuildVersions', builds, (build) => build.arn, input);
  return {
    imageSummaryList: page.items.map((build) => imageSummary(call.account, build, call.now)),
    nextToken: page.nextToken,
  };
};

const getImageInput = z.object({imageBuildVersionArn: z.string().regex(imageVersionOrBuildArn)});

/** Returns a build by its ARN, or the newest build of a version ARN. In the latter, `x` stands for any number. */
export const getImage: Operation = (call) => {
  const {imageBuildVersionArn: arn} = validate(getImageInput, call.input, invalidRequest);
  const [stem = '', version = ''] = [arn.slice(0, arn.lastIndexOf('/')), arn.slice(arn.lastIndexOf('/') + 1)];
  const pattern = new RegExp(`^${version.replaceAll('.', '\\.').replaceAll('x', '[0-9]+')}$`);
  const build =
    regionOf(call.account, call.region).builds.get(arn) ??
    buildsOf(call)
      .filter((candidate) => candidate.versionArn.startsWith(`${stem}/`) && pattern.test(candidate.version))
      .toSorted((a, b) => a.startedAt - b.startedAt)
      .at(-1);
  if (build === undefined) throw notFound(arn);
  return {image: imageDetail(build, call.now)};
};

const cancelInput = z.object({
  imageBuildVersionArn: z.string().regex(imageBuildVersionArn),
  clientToken: z.string().min(1).max(64),
});

/** Asks a running build to stop; it is CANCELLED only some simulated seconds later. */
export const cancelImageCreation: Operation = (call) => {
  const {imageBuildVersionArn: arn, clientToken} = validate(cancelInput, call.input, invalidRequest);
  return once(call, 'CancelImageCreation', clientToken, () => {
    const build = regionOf(call.account, call.region).builds.get(arn);
    if (build === undefined) throw notFound(arn);
    if (build.shared) throw new ServiceError('ForbiddenException', 403, `You are not the owner of '${arn}'.`);
    cancel(build, call);
    return {clientToken, imageBuildVersionArn: arn};
  });
};

function cancel(build: Build, call: Call): void {
  const {cancelRefusal, cancelSeconds} = call.account.scenario.builds;
  if (build.progress.kind === 'finished' || !isRunning(build, call.now)) {
    const status = statusAt(build, call.now);
    throw new ServiceError(
      invalidRequest,
      400,
      `The image '${build.arn}' is ${status} and cannot be cancelled.`,
    );
  }
  const {refusals = 0} = build.progress;
  if (
    cancelRefusal !== undefined &&
    (call.now - build.startedAt < cancelRefusal.seconds * 1000 || refusals < cancelRefusal.times)
  ) {
    build.progress.refusals = refusals + 1;
    const status = cancelRefusal.error === 'ResourceNotFoundException' ? 404 : 400;
    throw new ServiceError(
      cancelRefusal.error,
      status,
      `The image '${build.arn}' cannot be cancelled at this time.`,
    );
  }
  // Cancelled again under another token: the first cancellation goes on.
  const seconds = build.cancelSeconds ?? cancelSeconds;
  build.progress.cancel ??= {requestedAt: call.now, endsAt: call.now + seconds * 1000};
}

const listStepsInput = z.object(listInput);

/** The workflow steps, in the whole Region, that wait for a person. */
export const listWaitingWorkflowSteps: Operation = (call) => {
  const input = validate(listStepsInput, call.input, invalidRequest);
  const waiting = buildsOf(call).flatMap((build) => {
    const {progress} = build;
    const waits = progress.kind === 'live' && progress.waitsAt !== undefined && isRunning(build, call.now);
    return waits ? [{build, step: progress.waitsAt}] : [];
  });
  const page = imageBuilderPage(call, 'ListWaitingWorkflowSteps', waiting, ({build}) => build.arn, input);
  return {
    steps: page.items.map(({build, step}) => ({
      stepExecutionId: `step-${idFrom(build.arn)}`,
      imageBuildVersionArn: build.arn,
      workflowExecutionId: `wf-${idFrom(build.arn)}`,
      workflowBuildVersionArn: build.arn.replace(/:image\/.*$/, ':workflow/test/release/1.0.0/1'),
      name: step,
      action: 'WaitForAction',
      startTime: new Date(build.startedAt).toISOString(),
    })),
    nextToken: page.nextToken,
  };
};

function buildsOf(call: Call): Build[] {
  return [...regionOf(call.account, call.region).builds.values()];
}

/** A stable id in the form of the API's own: a UUID. */
function idFrom(arn: string): string {
  const digits = Buffer.from(arn).toString('hex').slice(-32);
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
