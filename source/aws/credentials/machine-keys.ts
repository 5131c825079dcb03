import {BadSetting} from '../connection/bad-setting.ts';
import {MetadataFailure} from '../connection/instance-metadata.ts';
import type {CliSettings} from '../connection/cli-settings.ts';
import {containerKeys} from './container-keys.ts';
import {instanceKeys} from './instance-keys.ts';
import type {KeySources} from './key-sources.ts';
import type {Keys} from './keys.ts';

/** The keys in an environment; undefined when there are none. Throws {@link BadSetting} for half a pair. */
export function environmentKeys(env: NodeJS.ProcessEnv): Keys | undefined {
  const id = env['AWS_ACCESS_KEY_ID'];
  const secret = env['AWS_SECRET_ACCESS_KEY'];
  const token = env['AWS_SECURITY_TOKEN'] || env['AWS_SESSION_TOKEN'];
  if (!id) return undefined;
  if (!secret) {
    throw new BadSetting('AWS_ACCESS_KEY_ID is set in the environment, and AWS_SECRET_ACCESS_KEY is not', {
      name: 'IncompleteKeys',
      remedy: 'export both, or unset AWS_ACCESS_KEY_ID',
    });
  }
  return {
    accessKeyId: id,
    secretAccessKey: secret,
    ...(token ? {sessionToken: token} : {}),
    ...expiration(env['AWS_CREDENTIAL_EXPIRATION']),
  };
}

function expiration(text: string | undefined): {expiration?: Date} {
  const ends = new Date(text ?? '');
  return Number.isNaN(ends.getTime()) ? {} : {expiration: ends};
}

/** Keys that the machine gives: a container's endpoint, or the metadata service of an EC2 instance. */
export async function machineKeys(
  origin: 'EcsContainer' | 'Ec2InstanceMetadata',
  sources: KeySources,
): Promise<Keys> {
  if (origin === 'EcsContainer') {
    return sources.wait('the credentials endpoint of this container', () =>
      containerKeys(sources.settings.env, sources.signal),
    );
  }
  return sources.wait('the metadata service of this EC2 instance', () =>
    instanceKeys(sources.settings.metadata, sources.signal).catch(noInstance),
  );
}

function noInstance(error: unknown): never {
  if (!(error instanceof MetadataFailure)) throw error;
  throw new BadSetting(`the metadata service of this host gives no keys: ${error.message}`, {
    name: 'NoInstanceKeys',
    remedy:
      'check that this is an EC2 instance with a role, and AWS_EC2_METADATA_…; or name a profile with --profile',
  });
}

/** Which of the two gives keys here, by the settings; undefined where neither is to be asked. */
export function machineOrigin({
  env,
  metadata,
}: CliSettings): 'EcsContainer' | 'Ec2InstanceMetadata' | undefined {
  if (env['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'] || env['AWS_CONTAINER_CREDENTIALS_FULL_URI']) {
    return 'EcsContainer';
  }
  return metadata.isOff ? undefined : 'Ec2InstanceMetadata';
}
