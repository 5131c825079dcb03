import type {NodeHttpHandler} from '@smithy/node-http-handler';
import {silent} from './request-handler.ts';

/** Keys that requests are signed with. */
export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** A role to take on before anything else: `--role-arn` and what belongs to it. */
export interface AssumedRole {
  readonly arn: string;
  readonly externalId?: string;
  /** How the session is called in CloudTrail. */
  readonly sessionName?: string;
  /** ARN or serial number of the MFA device that the role's trust policy wants. */
  readonly mfaSerial?: string;
}

/** Where keys come from, and what is needed to ask for them. */
export interface CredentialOptions {
  readonly profile?: string;
  readonly role?: AssumedRole;
  /** Asks the operator for the code that an MFA device shows. */
  readonly mfaCode?: (serial: string) => Promise<string>;
  /** The Region whose STS is asked for a role. */
  readonly region: string;
  readonly requestHandler: NodeHttpHandler;
  /** Keys to take the role with, in place of the chain's. */
  readonly keys?: Keys;
  /** An endpoint for STS, such as the simulator's. */
  readonly endpoint?: string;
}

/** New keys are asked for so many ms before the old ones end, as the SDK does. */
const earlyMs = 300_000;

/**
 * One source of keys for every client of a run: the SDK's whole chain (environment, profile, SSO, web identity,
 * process, container, instance), then the role on top. Asked once and again only when the keys are about to end:
 * forty clients must not ask an operator for forty MFA codes.
 */
export function sharedCredentials(options: CredentialOptions): () => Promise<Keys> {
  let known: Promise<Keys> | undefined;
  let endsAt = Infinity;
  return () => {
    if (known !== undefined && Date.now() < endsAt - earlyMs) return known;
    endsAt = Infinity;
    known = fetchKeys(options).then(
      (keys) => {
        endsAt = keys.expiration?.getTime() ?? Infinity;
        return keys;
      },
      (error: unknown) => {
        known = undefined;
        throw error;
      },
    );
    return known;
  };
}

async function fetchKeys(options: CredentialOptions): Promise<Keys> {
  const {fromNodeProviderChain, fromTemporaryCredentials} = await import('@aws-sdk/credential-providers');
  const {getDefaultRoleAssumer, getDefaultRoleAssumerWithWebIdentity} = await import('@aws-sdk/client-sts');
  const {profile, role, mfaCode, region, endpoint} = options;
  const asking = mfaCode === undefined ? {} : {mfaCodeProvider: mfaCode};
  // Without a Region: the SDK would ask for SSO there, and not in the Region that the profile names for it.
  const anywhere = {
    requestHandler: options.requestHandler,
    logger: silent,
    // An endpoint of our own has neither variant; settings of the environment would make the client refuse it.
    ...(endpoint === undefined ? {} : {endpoint, useFipsEndpoint: false, useDualstackEndpoint: false}),
  };
  const clientConfig = {...anywhere, region};
  const chain =
    options.keys ??
    fromNodeProviderChain({
      clientConfig: anywhere,
      logger: silent,
      // The SDK's own for a profile's web identity knows nothing of our client's settings.
      roleAssumer: getDefaultRoleAssumer(clientConfig),
      roleAssumerWithWebIdentity: getDefaultRoleAssumerWithWebIdentity(clientConfig),
      ...(profile === undefined ? {} : {profile}),
      ...asking,
    });
  if (role === undefined) return typeof chain === 'function' ? chain() : chain;
  const assume = fromTemporaryCredentials({
    masterCredentials: chain,
    clientConfig,
    params: {
      RoleArn: role.arn,
      RoleSessionName: role.sessionName ?? `handrail-${process.pid}`,
      ...(role.externalId === undefined ? {} : {ExternalId: role.externalId}),
      ...(role.mfaSerial === undefined ? {} : {SerialNumber: role.mfaSerial}),
    },
    ...asking,
  });
  return assume();
}
