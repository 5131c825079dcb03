import type {ConnectionOptions} from '../aws/connection/connection.ts';
import type {Arguments} from './command.ts';
import type {Option} from './option.ts';
import {regionName} from '../runbook/region-name.ts';
import {UsageError} from './usage-error.ts';

/** The options that say how to reach AWS: the same for every command that does. */
export const awsOptions: readonly Option[] = [
  {name: 'profile', value: 'NAME', offers: 'profiles', help: 'use this profile of the AWS configuration'},
  {name: 'role-arn', value: 'ARN', help: 'take on this role first'},
  {name: 'external-id', value: 'ID', help: 'the external id that the role wants'},
  {name: 'session-name', value: 'NAME', help: 'the name of the session in CloudTrail'},
  {name: 'mfa-serial', value: 'ARN', help: 'the MFA device that the role wants a code of'},
  {name: 'mfa-code', value: 'CODE', help: 'the code that the device shows, for a run that cannot ask'},
  {name: 'max-concurrency', value: 'N', help: 'calls under way at the same time; 80 when left out'},
  {
    name: 'max-attempts',
    value: 'N',
    help: 'tries of a call that is throttled or meets a passing fault; 8 when left out',
  },
];

/** Returns the settings for AWS from options and environment. Throws {@link UsageError}. */
export function connectionFrom(args: Arguments, env: NodeJS.ProcessEnv): ConnectionOptions {
  const profile = args.text('profile');
  const code = args.text('mfa-code');
  const role = roleFrom(args);
  const maxConcurrency = countFrom(args, 'max-concurrency', 1000);
  const maxAttempts = countFrom(args, 'max-attempts', 100);
  return {
    env,
    ...(profile === undefined ? {} : {profile}),
    ...(role === undefined ? {} : {role}),
    ...(code === undefined ? {} : {mfaCode: async () => code}),
    limits: {
      ...(maxConcurrency === undefined ? {} : {maxConcurrency}),
      ...(maxAttempts === undefined ? {} : {maxAttempts}),
    },
  };
}

function roleFrom(args: Arguments): ConnectionOptions['role'] {
  const arn = args.text('role-arn');
  const externalId = args.text('external-id');
  const sessionName = args.text('session-name');
  const mfaSerial = args.text('mfa-serial');
  if (arn === undefined) {
    if ((externalId ?? sessionName ?? mfaSerial) === undefined) return undefined;
    throw new UsageError('--external-id, --session-name and --mfa-serial belong to --role-arn');
  }
  if (!/^arn:aws[^:]*:iam::\d{12}:role\/.+$/.test(arn)) {
    throw new UsageError(`${arn} is not the ARN of a role, such as arn:aws:iam::123456789012:role/ops`);
  }
  return {
    arn,
    ...(externalId === undefined ? {} : {externalId}),
    ...(sessionName === undefined ? {} : {sessionName}),
    ...(mfaSerial === undefined ? {} : {mfaSerial}),
  };
}

/** Returns the whole number of an option; undefined when it is left out. Throws {@link UsageError}. */
export function countFrom(args: Arguments, name: string, most: number, least = 1): number | undefined {
  const text = args.text(name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new UsageError(`--${name} takes a whole number from ${least} to ${most}, not ${text}`);
}

/** Returns the named Regions, given one by one or with commas. Throws {@link UsageError} for a malformed name. */
export function namedRegions(texts: readonly string[]): readonly string[] {
  const regions = texts.flatMap((text) => text.split(','));
  for (const region of regions) {
    if (!regionName.test(region)) {
      throw new UsageError(`${region} is not the name of a Region, such as eu-west-1`);
    }
  }
  return regions;
}
