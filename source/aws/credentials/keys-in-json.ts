import type {Keys} from './keys.ts';

/** Returns the keys in an answer of a container's endpoint or of the metadata service; undefined where it holds none. */
export function keysInJson(text: string): Keys | undefined {
  try {
    const {AccessKeyId, SecretAccessKey, Token, Expiration} = JSON.parse(text) as Record<string, unknown>;
    if (typeof AccessKeyId !== 'string' || typeof SecretAccessKey !== 'string') return undefined;
    const ends = new Date(String(Expiration));
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      ...(typeof Token === 'string' ? {sessionToken: Token} : {}),
      ...(Number.isNaN(ends.getTime()) ? {} : {expiration: ends}),
    };
  } catch {
    return undefined;
  }
}
