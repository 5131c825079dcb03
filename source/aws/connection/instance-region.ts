import {metadataReader, type MetadataService} from './instance-metadata.ts';

/** Longest wait for the metadata service in all, in ms: where there is none, packets often get lost. */
const limitMs = 1000;

/**
 * Returns the Region of this EC2 instance from its metadata service, as the AWS CLI does when no setting names one.
 * Undefined where the service is off, slow, or without a Region.
 */
export async function regionOfInstance(service: MetadataService): Promise<string | undefined> {
  if (service.isOff) return undefined;
  try {
    const read = await metadataReader(service, AbortSignal.timeout(limitMs));
    const region = (await read('/latest/meta-data/placement/region')).trim();
    return /^[a-z0-9]+(-[a-z0-9]+)+$/.test(region) ? region : undefined;
  } catch {
    // This host is no EC2 instance, or its service is out of reach.
    return undefined;
  }
}
