import {execFileSync} from 'node:child_process';
import {join} from 'node:path';
import {works} from './measure.ts';

const peers = join(import.meta.dirname, '../peers');
export const root = join(import.meta.dirname, '../..');

/** A way to do the whole removal. */
export interface Subject {
  readonly name: string;
  readonly command: readonly string[];
  /** Added to its environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Reason for not measuring it here. */
  readonly missing?: string;
}

/** Node, by its own path: npm's folder of commands would be searched first. */
export const node = process.execPath;

export const handrail: Subject = {
  name: 'handrail run (plain, --yes --confirm)',
  command: [
    node,
    join(root, 'dist/handrail.cjs'),
    'run',
    'delete-service-linked-role',
    '--yes',
    '--confirm=AWSServiceRoleForImageBuilder',
    '--input=pollSeconds=0.01',
    '--input=retryWaitSeconds=0',
  ],
};

/** With its waits as they are shipped. */
export const handrailAtDefaults: Subject = {
  name: 'handrail run',
  command: handrail.command.filter((word) => !word.startsWith('--input=')),
};

/** The removal as a script of some sixty lines. */
export function boto3(): Subject {
  const python = pythonWithBoto3();
  return {
    name: 'boto3, 34 threads',
    command: [python ?? 'python3', join(peers, 'removal.py')],
    ...(python === undefined ? {missing: 'needs boto3'} : {}),
  };
}

/** Peers: the tools of today. */
export function peerSubjects(): readonly Subject[] {
  const cli = works('aws', '--version') && works('jq', '--version') ? undefined : 'needs aws and jq';
  const shell = cli === undefined ? {} : {missing: cli};
  return [
    boto3(),
    {name: 'AWS CLI under xargs -P16', command: [join(peers, 'removal.sh'), '16'], ...shell},
    {name: 'AWS CLI in a loop', command: [join(peers, 'removal.sh'), '1'], ...shell},
  ];
}

/** Debian 12's boto3 knows neither ListRegions nor how to list builds without an ARN. */
const recentBoto3 =
  'import boto3, sys; boto3.client("account", region_name="us-east-1").list_regions; print(sys.executable)';

/** The Python that has boto3, by its own path: a version manager's stand-in costs time that is not the script's. */
function pythonWithBoto3(): string | undefined {
  try {
    return execFileSync('python3', ['-c', recentBoto3], {
      encoding: 'utf8',
    }).trim();
  } catch {
    return undefined;
  }
}

/** Environment of a subject: the simulator for AWS, and nothing of the developer's own. */
export function environment(endpoint: string, home: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    LANG: 'C.UTF-8',
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'simulated',
    AWS_SECRET_ACCESS_KEY: 'simulated',
    AWS_PAGER: '',
    AWS_RETRY_MODE: 'standard',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}
