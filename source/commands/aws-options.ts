import type {ConnectionOptions} from '../aws/connection.ts';
import type {Arguments, OptionHelp, OptionSpecs} from './command.ts';

/** The options that say how to reach AWS: the same for every command that does. */
export const awsOptions = {
  profile: {type: 'string'},
} as const satisfies OptionSpecs;

export const awsOptionHelp: readonly OptionHelp[] = [
  {usage: '--profile NAME', help: 'use this profile of the AWS configuration'},
];

/** What the options and the environment say about reaching AWS. */
export function connectionFrom(args: Arguments, env: NodeJS.ProcessEnv): ConnectionOptions {
  const profile = args.text('profile');
  return {env, ...(profile === undefined ? {} : {profile})};
}
