import {loadSharedConfigFiles} from '@smithy/core/config';

/** What the AWS CLI would take from the environment and from the files in `~/.aws`. */
export interface CliSettings {
  readonly profile?: string;
  readonly region?: string;
  /** A PEM file with the certificates to trust beside the usual ones. */
  readonly caBundle?: string;
  /** The endpoint that the environment or the profile gives for a service, such as `imagebuilder`. */
  readonly endpointOf: (service: string) => string | undefined;
}

/** The named profile is in neither of the files. */
class NoSuchProfile extends Error {
  override readonly name = 'NoSuchProfile';
}

/**
 * Settings in the AWS CLI's order: what was asked for, then the environment, then the profile. The SDK reads
 * AWS_REGION and AWS_PROFILE alone; the CLI reads AWS_DEFAULT_REGION and AWS_DEFAULT_PROFILE too.
 * Throws {@link NoSuchProfile}.
 */
export async function cliSettings(
  wantedProfile: string | undefined,
  env: NodeJS.ProcessEnv,
): Promise<CliSettings> {
  const profile = first(wantedProfile, env['AWS_PROFILE'], env['AWS_DEFAULT_PROFILE']);
  const {configFile, credentialsFile} = await loadSharedConfigFiles();
  const name = profile ?? 'default';
  const section = {...credentialsFile[name], ...configFile[name]};
  if (profile !== undefined && Object.keys(section).length === 0) {
    throw new NoSuchProfile(`there is no profile ${profile} in the AWS configuration`);
  }
  const region = first(env['AWS_REGION'], env['AWS_DEFAULT_REGION'], section['region']);
  const caBundle = first(env['AWS_CA_BUNDLE'], section['ca_bundle']);
  return {
    ...(profile === undefined ? {} : {profile}),
    ...(region === undefined ? {} : {region}),
    ...(caBundle === undefined ? {} : {caBundle}),
    endpointOf: (service) => {
      const id = service.replaceAll('-', '_');
      if (isTrue(env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'])) return undefined;
      const inEnvironment = first(env[`AWS_ENDPOINT_URL_${id.toUpperCase()}`], env['AWS_ENDPOINT_URL']);
      if (inEnvironment !== undefined) return inEnvironment;
      if (isTrue(section['ignore_configured_endpoint_urls'])) return undefined;
      const services = configFile[`services.${section['services'] ?? ''}`];
      return first(services?.[`${id}.endpoint_url`], section['endpoint_url']);
    },
  };
}

function isTrue(value: string | undefined): boolean {
  return value?.toLowerCase() === 'true';
}

/** An empty text counts as not set, as in a shell. */
function first(...values: readonly (string | undefined)[]): string | undefined {
  return values.find((value) => value !== undefined && value !== '');
}
