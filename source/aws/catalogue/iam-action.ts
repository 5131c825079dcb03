import {loadService, NotInstalled} from './sdk-service.ts';

/** IAM prefixes that are neither the SDK package's name nor the name that requests are signed with. */
const prefixes: Readonly<Record<string, string>> = {
  cloudwatch: 'cloudwatch',
  'cloudwatch-logs': 'logs',
  efs: 'elasticfilesystem',
  'elastic-load-balancing': 'elasticloadbalancing',
  'elastic-load-balancing-v2': 'elasticloadbalancing',
  emr: 'elasticmapreduce',
  eventbridge: 'events',
  sfn: 'states',
};

/** Actions that are named otherwise than the operation they allow. Source: the Service Authorization Reference. */
const actions: Readonly<Record<string, string>> = {
  'lambda:Invoke': 'lambda:InvokeFunction',
  's3:HeadBucket': 's3:ListBucket',
  's3:HeadObject': 's3:GetObject',
  's3:ListBuckets': 's3:ListAllMyBuckets',
  's3:ListObjects': 's3:ListBucket',
  's3:ListObjectsV2': 's3:ListBucket',
};

/** The IAM action that allows an operation, such as `imagebuilder:ListImages`. */
export async function iamAction(service: string, operation: string): Promise<string> {
  const action = `${prefixes[service] ?? (await signingName(service))}:${operation}`;
  return actions[action] ?? action;
}

/** Most services are signed for by the prefix that IAM knows them by. */
async function signingName(service: string): Promise<string> {
  try {
    const client = (await loadService(service)).createClient({region: 'us-east-1'});
    const {config} = client as unknown as {config: {readonly defaultSigningName?: string}};
    client.destroy();
    return config.defaultSigningName ?? service;
  } catch (error) {
    if (error instanceof NotInstalled) return service;
    throw error;
  }
}
