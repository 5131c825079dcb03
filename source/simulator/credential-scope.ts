/** Service, Region and key that a request's signature names. */
export interface CredentialScope {
  /** The id of the key that signed it: not a secret, and not kept. */
  readonly accessKeyId: string;
  readonly region: string;
  /** The signing name of the service, such as `imagebuilder`. */
  readonly service: string;
}

/**
 * Reads the scope from `AWS4-HMAC-SHA256 Credential=KEY/20300101/eu-west-1/imagebuilder/aws4_request, …`. One
 * address serves every service and Region, so requests are routed by their scope. The scope is not kept, since
 * it names credentials.
 */
export function credentialScope(authorization: string | undefined): CredentialScope | undefined {
  const match = /^AWS4-HMAC-SHA256 Credential=([^/\s]+)\/\d{8}\/([^/\s]+)\/([^/\s]+)\/aws4_request\b/.exec(
    authorization ?? '',
  );
  const [, accessKeyId, region, service] = match ?? [];
  if (accessKeyId === undefined || region === undefined || service === undefined) return undefined;
  return {accessKeyId, region, service};
}
