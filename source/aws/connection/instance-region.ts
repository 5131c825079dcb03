/** Longest wait for the metadata service in all, in ms: where there is none, packets often get lost. */
const limitMs = 1000;

const tokenHeaders = {'x-aws-ec2-metadata-token-ttl-seconds': '60'};

/**
 * Returns the Region of this EC2 instance from its metadata service, as the AWS CLI does when no setting names one.
 * Undefined where the service is off, slow, or without a Region.
 */
export async function regionOfInstance(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  if (isMetadataOff(env)) return undefined;
  const signal = AbortSignal.timeout(limitMs);
  const service = addressIn(env);
  try {
    const granted = await fetch(new URL('/latest/api/token', service), {
      method: 'PUT',
      headers: tokenHeaders,
      signal,
    });
    const headers = granted.ok ? {'x-aws-ec2-metadata-token': await granted.text()} : {};
    const answer = await fetch(new URL('/latest/meta-data/placement/region', service), {headers, signal});
    const region = answer.ok ? (await answer.text()).trim() : '';
    return /^[a-z0-9]+(-[a-z0-9]+)+$/.test(region) ? region : undefined;
  } catch {
    // This host is no EC2 instance, or its service is out of reach.
    return undefined;
  }
}

/** Returns true if the environment forbids the metadata service. */
export function isMetadataOff(env: NodeJS.ProcessEnv): boolean {
  const off = env['AWS_EC2_METADATA_DISABLED'] ?? '';
  return off !== '' && off.toLowerCase() !== 'false';
}

function addressIn(env: NodeJS.ProcessEnv): string {
  const version6 = env['AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE']?.toLowerCase() === 'ipv6';
  return (
    env['AWS_EC2_METADATA_SERVICE_ENDPOINT'] ||
    (version6 ? 'http://[fd00:ec2::254]' : 'http://169.254.169.254')
  );
}
