import type {Json} from '../../source/data/json.ts';
import type {AwsPort, CallOutcome, CallRequest} from '../../source/engine/model/ports.ts';

/** Items on a page, as Image Builder has it. */
const pageSize = 25;

/**
 * An AWS that answers from memory. Each Region has a given number of running builds and scheduled pipelines.
 */
export function stubAws(builds: number, pipelines: number): AwsPort {
  const cancelled = new Set<string>();
  const changed = new Set<string>();
  const operations: Record<string, (region: string, input: Record<string, Json>) => [Json, string?]> = {
    'imagebuilder:ListImageBuildVersions': (region, {nextToken}) =>
      page('imageSummaryList', builds, nextToken, (index) => {
        const arn = `arn:aws:imagebuilder:${region}:123456789012:image/b${index}/1.0.0/1`;
        return {arn, name: `b${index}`, state: {status: cancelled.has(arn) ? 'CANCELLED' : 'BUILDING'}};
      }),
    'imagebuilder:ListImagePipelines': (region, {nextToken}) =>
      page('imagePipelineList', pipelines, nextToken, (index) => pipelineOf(region, index)),
    'imagebuilder:CancelImageCreation': (_, {imageBuildVersionArn}) => {
      cancelled.add(String(imageBuildVersionArn));
      return [{requestId: 'r', imageBuildVersionArn: imageBuildVersionArn ?? ''}];
    },
    'imagebuilder:GetImagePipeline': (region, {imagePipelineArn}) => {
      const arn = String(imagePipelineArn);
      const {schedule, ...members} = pipelineOf(region, Number(/\d+$/.exec(arn)?.[0]));
      return [{imagePipeline: changed.has(arn) ? members : {...members, schedule}}];
    },
    'imagebuilder:UpdateImagePipeline': (_, {imagePipelineArn, schedule}) => {
      const arn = String(imagePipelineArn);
      if (schedule === undefined) changed.add(arn);
      return [{requestId: 'r', imagePipelineArn: arn}];
    },
    'iam:DeleteServiceLinkedRole': () => [{DeletionTaskId: 'task/aws-service-role/x/y/z'}],
  };
  return {
    renew: async () => ({works: true, fresh: true}),
    async call({operation, region = '', input}: CallRequest): Promise<CallOutcome> {
      // An answer comes from the world, never within the turn that asked.
      await new Promise((resolve) => setImmediate(resolve));
      const answer = operations[operation];
      if (answer === undefined) throw new Error(`${operation} is not stubbed`);
      const [output, nextToken] = answer(region, {...input});
      return {ok: true, output, ms: 1, unmodeled: [], ...(nextToken === undefined ? {} : {nextToken})};
    },
  };
}

function page(
  list: string,
  count: number,
  token: Json | undefined,
  item: (index: number) => Json,
): [Json, string?] {
  const first = token === undefined ? 0 : Number(token);
  const next = Math.min(count, first + pageSize);
  const items = Array.from({length: next - first}, (_, index) => item(first + index));
  return next < count ? [{[list]: items}, String(next)] : [{[list]: items}];
}

function pipelineOf(region: string, index: number): Record<string, Json> & {schedule: Json} {
  return {
    arn: `arn:aws:imagebuilder:${region}:123456789012:image-pipeline/p${index}`,
    name: `p${index}`,
    imageRecipeArn: `arn:aws:imagebuilder:${region}:123456789012:image-recipe/p/1.0.0`,
    infrastructureConfigurationArn: `arn:aws:imagebuilder:${region}:123456789012:infrastructure-configuration/i`,
    schedule: {scheduleExpression: 'cron(0 2 * * ? *)'},
    status: 'ENABLED',
  };
}
