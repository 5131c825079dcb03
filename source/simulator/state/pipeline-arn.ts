import type {Scenario} from '../scenario/schema.ts';

/** ARN of a pipeline of the scenario's account. */
export function pipelineArn(
  {account}: Scenario,
  {region, name}: {readonly region: string; readonly name: string},
): string {
  return `arn:aws:imagebuilder:${region}:${account.id}:image-pipeline/${name}`;
}
