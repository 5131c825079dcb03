import type {Json} from '../../source/data/json.ts';
import type {FaultKind} from '../../source/engine/model/fault.ts';
import type {CallOutcome, CallRequest} from '../../source/engine/model/ports.ts';

interface Task {
  readonly id: string;
  readonly endsAt: number;
  status: 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED';
}

interface Region {
  /** When each running build was told to stop; null for those that were not. */
  readonly builds: Record<string, number | null>;
  readonly pipelines: Record<string, Record<string, Json>>;
}

/** An AWS account as plain data, so that it can be copied at any moment and gone on with from the copy. */
export interface SmallWorld {
  role: boolean;
  readonly regions: Record<string, Region>;
  readonly tasks: Task[];
  /** A build that starts with the first deletion. */
  lateBuild: boolean;
  readonly deniedRegion?: string;
  /** Every token or body that a target was changed with. */
  readonly changedWith: Record<string, string[]>;
}

const cancelMs = 5000;
const taskMs = 6000;

/** The ARN of a build in this world, whichever Region it is in. */
export function buildArn(name: string): string {
  return `arn:aws:imagebuilder:eu-west-1:123456789012:image/${name}/1.0.0/1`;
}

export function pipelineArn(name: string): string {
  return `arn:aws:imagebuilder:eu-west-1:123456789012:image-pipeline/${name}`;
}

function pipeline(name: string, more: Record<string, Json>): Record<string, Json> {
  return {
    name,
    infrastructureConfigurationArn:
      'arn:aws:imagebuilder:eu-west-1:123456789012:infrastructure-configuration/one',
    imageRecipeArn: 'arn:aws:imagebuilder:eu-west-1:123456789012:image-recipe/one/1.0.0',
    status: 'ENABLED',
    ...more,
  };
}

export function smallWorld(
  special: {readonly lateBuild?: boolean; readonly deniedRegion?: string} = {},
): SmallWorld {
  const schedule = {scheduleExpression: 'rate(1 day)'};
  return {
    role: true,
    regions: {
      'eu-west-1': {
        builds: {[buildArn('a')]: null, [buildArn('b')]: null, [buildArn('c')]: null},
        pipelines: {
          [pipelineArn('one')]: pipeline('one', {schedule}),
          [pipelineArn('two')]: pipeline('two', {schedule, description: 'x'}),
        },
      },
      'eu-west-2': {builds: {}, pipelines: {[pipelineArn('three')]: pipeline('three', {})}},
      'us-east-1': {
        builds: {[buildArn('d')]: null},
        pipelines: {[pipelineArn('four')]: pipeline('four', {schedule})},
      },
    },
    tasks: [],
    lateBuild: special.lateBuild ?? false,
    ...(special.deniedRegion === undefined ? {} : {deniedRegion: special.deniedRegion}),
    changedWith: {},
  };
}

/** What the world looks like to its owner. */
export function endOf({role, regions}: SmallWorld): unknown {
  return {role, regions};
}

/** Does what a request asks, at a time in ms. */
export function perform(
  world: SmallWorld,
  {operation, region = '', input}: CallRequest,
  now: number,
): CallOutcome {
  settleTasks(world, now);
  const home = world.regions[region] ?? {builds: {}, pipelines: {}};
  if (region !== '' && world.deniedRegion === region) return failure('denied', 'AccessDeniedException');
  switch (operation) {
    case 'iam:GetRole':
      return world.role
        ? success({Role: {RoleName: 'TheRole'}})
        : failure('not-found', 'NoSuchEntityException');
    case 'imagebuilder:ListImageBuildVersions':
      return success({
        imageSummaryList: Object.entries(home.builds).map(([arn, stop]) => ({
          arn,
          state: {status: isRunning(stop, now) ? 'BUILDING' : 'CANCELLED'},
        })),
      });
    case 'imagebuilder:ListImagePipelines':
      return success({
        imagePipelineList: Object.entries(home.pipelines).map(([arn, members]) => ({arn, ...members})),
      });
    case 'imagebuilder:GetImagePipeline': {
      const arn = String(input['imagePipelineArn']);
      return success({imagePipeline: {arn, ...home.pipelines[arn]}});
    }
    case 'imagebuilder:CancelImageCreation': {
      const arn = String(input['imageBuildVersionArn']);
      note(world, `${region} ${arn}`, input);
      home.builds[arn] ??= now;
      return success({imageBuildVersionArn: arn});
    }
    case 'imagebuilder:UpdateImagePipeline': {
      const {imagePipelineArn, clientToken: _, ...members} = input;
      const arn = String(imagePipelineArn);
      note(world, `${region} ${arn}`, input);
      home.pipelines[arn] = {name: home.pipelines[arn]?.['name'] ?? '', ...members};
      return success({imagePipelineArn: arn});
    }
    case 'iam:DeleteServiceLinkedRole':
      return deleteRole(world, now);
    case 'iam:GetServiceLinkedRoleDeletionStatus':
      return taskStatus(world, String(input['DeletionTaskId']));
    default:
      return failure('invalid', 'UnknownOperationException');
  }
}

function deleteRole(world: SmallWorld, now: number): CallOutcome {
  if (!world.role) return failure('not-found', 'NoSuchEntityException');
  if (world.lateBuild) {
    world.lateBuild = false;
    const home = world.regions['eu-west-2'];
    if (home !== undefined) home.builds[buildArn('late')] = null;
  }
  const open = world.tasks.find(({status}) => status === 'IN_PROGRESS');
  if (open !== undefined) return success({DeletionTaskId: open.id});
  const id = `task-${world.tasks.length + 1}`;
  world.tasks.push({id, endsAt: now + taskMs, status: 'IN_PROGRESS'});
  return success({DeletionTaskId: id});
}

function taskStatus(world: SmallWorld, id: string): CallOutcome {
  const task = world.tasks.find((one) => one.id === id);
  if (task === undefined) return failure('not-found', 'NoSuchEntityException');
  const Reason = {Reason: 'in use', RoleUsageList: [{Region: 'eu-west-2', Resources: [buildArn('late')]}]};
  return success({Status: task.status, ...(task.status === 'FAILED' ? {Reason} : {})});
}

function settleTasks(world: SmallWorld, now: number): void {
  for (const task of world.tasks) {
    if (task.status !== 'IN_PROGRESS' || task.endsAt > now) continue;
    const regions = Object.values(world.regions);
    const used = regions.some(
      ({builds, pipelines}) =>
        Object.values(builds).some((stop) => isRunning(stop, task.endsAt)) ||
        Object.values(pipelines).some(({schedule}) => schedule !== undefined),
    );
    task.status = used ? 'FAILED' : 'SUCCEEDED';
    if (!used) world.role = false;
  }
}

function isRunning(stop: number | null, now: number): boolean {
  return stop === null || now < stop + cancelMs;
}

function note(world: SmallWorld, target: string, input: CallRequest['input']): void {
  const request = JSON.stringify(input);
  const known = (world.changedWith[target] ??= []);
  if (!known.includes(request)) known.push(request);
}

function success(output: Json): CallOutcome {
  return {ok: true, output, ms: 1, unmodeled: []};
}

export function failure(kind: FaultKind, name: string): CallOutcome {
  return {ok: false, fault: {kind, name, message: `simulated ${name}`}, ms: 1};
}
