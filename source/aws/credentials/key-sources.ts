import type {NodeHttpHandler} from '@smithy/node-http-handler';
import type {AwsClient} from '../catalogue/sdk-service.ts';
import type {CliSettings} from '../connection/cli-settings.ts';
import {lookedUpAlready} from '../connection/looked-up-already.ts';
import {silent} from '../connection/request-handler.ts';
import type {AssumedRole, Keys} from './keys.ts';
import type {NamedWait} from './waits.ts';

/** A source of keys and its requirements. */
export interface KeySources {
  readonly settings: CliSettings;
  readonly role?: AssumedRole;
  /** Asks the operator for the code that an MFA device shows. */
  readonly mfaCode?: (serial: string) => Promise<string>;
  /** The Region whose STS is asked for a role. */
  readonly region: string;
  readonly requestHandler: NodeHttpHandler;
  /** Keys to take the role with, in place of the chain's. */
  readonly keys?: () => Promise<Keys>;
  /** Takes on a role with keys of its choice, when it is the role's turn; at once, with the keys of the chain, when absent. */
  readonly enter?: (assume: (keys: Keys) => Promise<Keys>) => Promise<Keys>;
  /** The client that takes on roles at its turn, for these keys. */
  readonly sts?: (keys: Keys) => Promise<Pick<AwsClient, 'send'>>;
  /** An endpoint for every service, such as the simulator's. */
  readonly endpoint?: string;
  /** Name of a role's session, where its settings give none. */
  readonly sessionName: string;
  /** Names a task that takes long. */
  readonly wait: NamedWait;
  /** Ends processes that are still asked for keys. */
  readonly signal: AbortSignal;
}

/** Settings of a client that asks a service for keys: those of the profile in use, as for every other client. */
export function clientOf(service: 'sts' | 'sso' | 'sso-oidc' | 'signin', sources: KeySources): object {
  const {settings, endpoint, requestHandler} = sources;
  return {
    ...lookedUpAlready,
    ...settings.placeOf(service, endpoint),
    maxAttempts: 3,
    requestHandler,
    logger: silent,
  };
}

/** Settings of the STS client that takes on roles. */
export function stsClient(sources: KeySources): object {
  return {region: sources.region, ...clientOf('sts', sources)};
}
