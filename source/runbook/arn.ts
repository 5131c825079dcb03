/**
 * An ARN of any partition: `arn:partition:service:region:owner:resource`. Catches the resource. The owner is an
 * account, nobody, or a name of AWS's such as `aws-marketplace`; a pattern has `*` for any.
 */
const form = /^arn:(?:aws[a-z-]*|\*):(?:[a-z0-9-]+|\*):(?:[a-z0-9-]*|\*):(?:\d{12}|[a-z][a-z-]*|\*)?:(.+)$/;

/** A member that takes an ARN says so in its name. */
const takesArn = /arn/i;

/** Pattern of an ARN's resource, by the request member that takes it. */
const resources: Readonly<Record<string, {readonly pattern: RegExp; readonly example: string}>> = {
  'imagebuilder imageBuildVersionArn': {
    pattern: /^image\/[^/]+\/\d+\.\d+\.\d+\/\d+$/,
    example: 'image/name/1.2.3/4',
  },
  'imagebuilder imageVersionArn': {
    pattern: /^image\/[^/]+\/[\dx]+\.[\dx]+\.[\dx]+$/,
    example: 'image/name/1.2.3',
  },
  'imagebuilder imagePipelineArn': {pattern: /^image-pipeline\/[^/]+$/, example: 'image-pipeline/name'},
};

/** Operations that take a wider ARN in a member than its name says. */
const exempt = new Set(['imagebuilder:GetImage imageBuildVersionArn']);

/**
 * Returns the problem of an ARN, if there is one: it is malformed, or of the wrong kind for its member. The SDK sends
 * such requests unchecked. A newer edition of the AWS page shows CancelImageCreation with a pipeline's ARN, which the
 * API's pattern refuses. The patterns are those of the API reference.
 */
export function arnProblem(operation: string, member: string, value: string): string | undefined {
  const taken = exempt.has(`${operation} ${member}`)
    ? undefined
    : resources[`${operation.slice(0, operation.indexOf(':'))} ${member}`];
  if (taken === undefined && !(value.startsWith('arn:') && takesArn.test(member))) return undefined;
  const resource = form.exec(value)?.[1];
  if (resource === undefined) {
    return `${member} is not an ARN of AWS, such as arn:aws:service:region:123456789012:${taken?.example ?? 'resource'}`;
  }
  if (taken === undefined || taken.pattern.test(resource)) return undefined;
  return `${operation} takes …:${taken.example} as ${member}, not …:${resource}`;
}
