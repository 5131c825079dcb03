import {metadataReader, MetadataFailure, type MetadataService} from '../connection/instance-metadata.ts';
import {keysInJson, type Keys} from './keys.ts';

const path = '/latest/meta-data/iam/security-credentials/';
/** Time in ms for which keys serve that had ended when the service gave them. */
const extendedMs = 600_000;

/** Returns the keys of this EC2 instance's role. Throws {@link MetadataFailure}. */
export async function instanceKeys(service: MetadataService, signal: AbortSignal): Promise<Keys> {
  const read = await metadataReader(service, signal);
  const role = (await read(path)).trim();
  const text = await read(path + role);
  const keys = keysInJson(text);
  if (keys === undefined) throw new MetadataFailure(`${service.address} answered ${reasonIn(text)}`);
  // A service in trouble hands out its last keys. AWS takes them, and the CLI uses them as well.
  const hasEnded = keys.expiration !== undefined && keys.expiration.getTime() <= Date.now();
  return hasEnded ? {...keys, expiration: new Date(Date.now() + extendedMs)} : keys;
}

function reasonIn(text: string): string {
  try {
    const {Code, Message} = JSON.parse(text) as Record<string, unknown>;
    if (typeof Code === 'string') return typeof Message === 'string' ? `${Code}: ${Message}` : Code;
  } catch {
    // No JSON: nothing in it explains it.
  }
  return 'without keys';
}
