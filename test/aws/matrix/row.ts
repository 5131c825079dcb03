import type {AssumedRole} from '../../../source/aws/credentials/keys.ts';

/**
 * A way to be somebody, with settings: `{ca}`, `{home}`, `{folder}` (with the files), `{fifo}`, `{imds1}`, `{imds2}` and `{container}` in its texts stand for
 * places that are known only when it is tried.
 */
export interface Row {
  /** Where the keys come from, or what is odd. */
  readonly source: string;
  readonly setting: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly config: string;
  readonly credentials: string;
  /** What `--profile` names. */
  readonly profile?: string;
  /** `--role-arn`, which the CLI does not have: it takes the profile `ForCli` instead. */
  readonly role?: AssumedRole;
  readonly profileForCli?: string;
  readonly operation: Operation;
  /** The requests that come of it, the oldest first. */
  readonly expected: readonly string[];
}

export type Operation = keyof typeof operations;

/** What is asked for in the end, in our words and in the CLI's. */
export const operations = {
  'imagebuilder:ListImagePipelines': ['imagebuilder', 'list-image-pipelines'],
  'sts:GetCallerIdentity': ['sts', 'get-caller-identity'],
  'iam:ListAccountAliases': ['iam', 'list-account-aliases'],
  'account:ListRegions': ['account', 'list-regions'],
  'ssm:GetParametersByPath': ['ssm', 'get-parameters-by-path', '--path', '/aws'],
  'eventbridge:ListRules': ['events', 'list-rules'],
  'organizations:DescribeOrganization': ['organizations', 'describe-organization'],
} as const;

/** Two lines of a profile with keys: `AKIA` and the name. */
export function pair(name: string): string {
  return `aws_access_key_id = AKIA${name}\naws_secret_access_key = secret\n`;
}

/** The lines of a profile that takes on a role, whose keys are called `ASIA` and the name in capitals. */
export function takes(name: string, from: string): string {
  return `role_arn = arn:aws:iam::123456789012:role/${name}\n${from}\n`;
}

/** A credential_process that prints a key. */
export function prints(key: string): string {
  return `credential_process = echo '{"Version": 1, "AccessKeyId": "${key}", "SecretAccessKey": "s # not a remark"}'\n`;
}

/** The way of a request, as the recorder says it. */
export function signed(key: string, service: string, region: string, host: string): string {
  return key === '' ? `unsigned at ${host}` : `${key} signs ${service} in ${region} at ${host}`;
}
