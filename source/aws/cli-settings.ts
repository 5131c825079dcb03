import {loadSharedConfigFiles} from '@smithy/core/config';

/** What the AWS CLI would take from the environment and from the files in `~/.aws`. */
export interface CliSettings {
  readonly profile?: string;
  readonly region?: string;
  /** A PEM file with the certificates to trust beside the usual ones. */
  readonly caBundle?: string;
}

/**
 * Settings in the AWS CLI's order: what was asked for, then the environment, then the profile. The SDK reads
 * AWS_REGION and AWS_PROFILE alone; the CLI reads AWS_DEFAULT_REGION and AWS_DEFAULT_PROFILE too.
 */
export async function cliSettings(
  wantedProfile: string | undefined,
  env: NodeJS.ProcessEnv,
): Promise<CliSettings> {
  const profile = first(wantedProfile, env['AWS_PROFILE'], env['AWS_DEFAULT_PROFILE']);
  const {configFile, credentialsFile} = await loadSharedConfigFiles();
  const name = profile ?? 'default';
  const section = {...credentialsFile[name], ...configFile[name]};
  const region = first(env['AWS_REGION'], env['AWS_DEFAULT_REGION'], section['region']);
  const caBundle = first(env['AWS_CA_BUNDLE'], section['ca_bundle']);
  return {
    ...(profile === undefined ? {} : {profile}),
    ...(region === undefined ? {} : {region}),
    ...(caBundle === undefined ? {} : {caBundle}),
  };
}

/** An empty text counts as not set, as in a shell. */
function first(...values: readonly (string | undefined)[]): string | undefined {
  return values.find((value) => value !== undefined && value !== '');
}
