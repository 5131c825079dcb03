import {closestName} from '../../text/closest-name.ts';
import {BadSetting} from './bad-setting.ts';
import {metadataService, type MetadataService} from './instance-metadata.ts';
import {noFiles, readSharedFiles, type Section, type SharedFiles} from './shared-files.ts';

/** Settings that the AWS CLI would take from the environment and from the files in `~/.aws`. */
export interface CliSettings {
  readonly env: NodeJS.ProcessEnv;
  readonly files: SharedFiles;
  /** The profile in use, when the operator or the environment names one. */
  readonly profile?: string;
  /** The operator named the profile: then it outranks keys in the environment. */
  readonly profileNamed: boolean;
  readonly region?: string;
  /** A PEM file with the certificates to trust beside the usual ones. */
  readonly caBundle?: string;
  readonly userAgentAppId?: string;
  readonly metadata: MetadataService;
  /** Says where a service, such as `imagebuilder`, is asked. An endpoint that is handed over comes before all others. */
  readonly placeOf: (service: string, endpoint?: string) => Place;
}

/** Place of a service, as its client takes it. */
interface Place {
  /** Without one, the client goes to AWS's own. */
  readonly endpoint?: string;
  readonly useFipsEndpoint: boolean;
  readonly useDualstackEndpoint: boolean;
}

/**
 * Returns settings in the AWS CLI's order: options, then the environment, then the profile. The SDK reads only
 * AWS_REGION and AWS_PROFILE; the CLI also reads AWS_DEFAULT_REGION and AWS_DEFAULT_PROFILE. Throws {@link
 * BadSetting}.
 */
export async function cliSettings(
  wantedProfile: string | undefined,
  env: NodeJS.ProcessEnv | undefined,
): Promise<CliSettings> {
  if (env === undefined) return settingsOf(wantedProfile, {}, noFiles);
  return settingsOf(wantedProfile, env, await readSharedFiles(env));
}

function settingsOf(
  wantedProfile: string | undefined,
  env: NodeJS.ProcessEnv,
  files: SharedFiles,
): CliSettings {
  const profile = first(wantedProfile, env['AWS_PROFILE'], env['AWS_DEFAULT_PROFILE']);
  const section = files.profiles.get(profile ?? 'default');
  const mayBeAbsent = profile === undefined || profile === 'default' || files === noFiles;
  if (section === undefined && !mayBeAbsent) throw noSuchProfile(profile, files);
  const region = regionIn(env, profile ?? 'default', section);
  const caBundle = first(env['AWS_CA_BUNDLE'], section?.['ca_bundle']);
  const userAgentAppId = first(env['AWS_SDK_UA_APP_ID'], section?.['sdk_ua_app_id']);
  return {
    env,
    files,
    ...(profile === undefined ? {} : {profile}),
    profileNamed: wantedProfile !== undefined,
    metadata: metadataService(env, section),
    ...(region === undefined ? {} : {region}),
    ...(caBundle === undefined ? {} : {caBundle}),
    ...(userAgentAppId === undefined ? {} : {userAgentAppId}),
    placeOf: (service, given) => {
      const endpoint = given ?? endpointIn(service, env, section, files);
      // Only AWS's own endpoints have these variants. The SDK refuses them with another, and the CLI leaves them out.
      if (endpoint !== undefined) return {endpoint, useFipsEndpoint: false, useDualstackEndpoint: false};
      return {
        useFipsEndpoint: isTrue(first(env['AWS_USE_FIPS_ENDPOINT'], section?.['use_fips_endpoint'])),
        useDualstackEndpoint: isTrue(
          first(env['AWS_USE_DUALSTACK_ENDPOINT'], section?.['use_dualstack_endpoint']),
        ),
      };
    },
  };
}

function endpointIn(
  service: string,
  env: NodeJS.ProcessEnv,
  section: Section | undefined,
  files: SharedFiles,
): string | undefined {
  const id = service.replaceAll('-', '_');
  if (isTrue(env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'])) return undefined;
  const inEnvironment = first(env[`AWS_ENDPOINT_URL_${id.toUpperCase()}`], env['AWS_ENDPOINT_URL']);
  if (inEnvironment !== undefined) return inEnvironment;
  if (isTrue(section?.['ignore_configured_endpoint_urls'])) return undefined;
  const services = files.services.get(section?.['services'] ?? '');
  return first(services?.[`${id}.endpoint_url`], section?.['endpoint_url']);
}

function noSuchProfile(profile: string, files: SharedFiles): BadSetting {
  const meant = closestName(profile, files.profiles.keys());
  const why = files.unread.length === 0 ? '' : `; ${files.unread.join('; ')}`;
  return new BadSetting(`there is no profile ${profile} in the AWS configuration${why}`, {
    name: 'NoSuchProfile',
    remedy:
      meant === undefined
        ? 'correct the name: aws configure list-profiles shows those that there are'
        : `did you mean ${meant}? aws configure list-profiles shows those that there are`,
  });
}

/** Throws {@link BadSetting} for a text that no Region is called, such as one in quotes. */
function regionIn(env: NodeJS.ProcessEnv, profile: string, section: Section | undefined): string | undefined {
  const sources: readonly (readonly [string, string | undefined])[] = [
    ['AWS_REGION', env['AWS_REGION']],
    ['AWS_DEFAULT_REGION', env['AWS_DEFAULT_REGION']],
    [`region of profile ${profile}`, section?.['region']],
  ];
  const [where = '', region] = sources.find(([, value]) => first(value) !== undefined) ?? [];
  if (region === undefined || /^[a-z0-9]+(-[a-z0-9]+)*$/i.test(region)) return region;
  throw new BadSetting(`${where} is ${region}, which is no name of a Region`, {
    name: 'BadRegion',
    kind: 'invalid',
    remedy: 'write the name alone, without quotes, such as us-east-1',
  });
}

function isTrue(value: string | undefined): boolean {
  return value?.toLowerCase() === 'true';
}

/** An empty text counts as not set, as in a shell. */
function first(...values: readonly (string | undefined)[]): string | undefined {
  return values.find((value) => value !== undefined && value !== '');
}
