import {StandardRetryStrategy} from '@smithy/core/retry';
import type {Limits} from '../../engine/model/program.ts';
import {answerTimeoutMs} from '../../engine/model/ports.ts';
import {cliSettings, type CliSettings} from './cli-settings.ts';
import type {FoundKeys} from '../credentials/find-keys.ts';
import type {AssumedRole, Keys} from '../credentials/keys.ts';
import type {KeySources} from '../credentials/key-sources.ts';
import {sharedCredentials, type SharedKeys} from '../credentials/shared-credentials.ts';
import type {KeysWatch} from '../credentials/role-entrance.ts';
import {namedWaits, unlessInterrupted, type SayWaiting} from '../credentials/waits.ts';
import {hostOf, isAwsHost} from './endpoint.ts';
import {regionOfInstance} from './instance-region.ts';
import {globalRegionOf} from './partitions.ts';
import {sessionName, userAgent, type Agent} from '../sending/agent.ts';
import type {OfferedRegions} from '../preflight/offered-regions.ts';
import {
  clientFor,
  nobodysKeys,
  signByRequest,
  type Caller,
  type CallersClient,
} from '../sending/keys-per-request.ts';
import {lookedUpAlready} from './looked-up-already.ts';
import {silentOnCalls, wayOut, type Way} from './request-handler.ts';
import {loadService, type AwsClient} from '../catalogue/sdk-service.ts';

/** Ways to reach AWS. Omitted settings are found as the AWS CLI finds them. */
export interface ConnectionOptions {
  readonly profile?: string;
  readonly role?: AssumedRole;
  /** Asks the operator for the code that an MFA device shows. The signal ends the question. */
  readonly mfaCode?: (serial: string, signal: AbortSignal) => Promise<string>;
  /** An endpoint for every service, such as the simulator's. */
  readonly endpoint?: string;
  /** Keys to sign with, or their source; nothing else is looked for when they are given. */
  readonly credentials?: Keys | (() => Promise<Keys>);
  /** What this connection has in common with those of other accounts: see `sharedWay`. */
  readonly shared?: SharedParts;
  /** Environment with the proxies, the CA bundle, the Region and the profile. Nothing of it counts when absent. */
  readonly env?: NodeJS.ProcessEnv;
  /** Longest wait for one whole answer, in ms. */
  readonly answerTimeoutMs?: number;
  /** Ends every wait for credentials, and the processes that are asked for them. */
  readonly interrupted?: AbortSignal;
  /** Names an awaited task that takes longer than a second. */
  readonly waiting?: SayWaiting;
  /** Limits on calls; the engine's defaults where absent. */
  readonly limits?: Partial<Limits>;
  readonly agent?: Agent;
}

/** Parts of a connection that those of a fleet's accounts share. */
interface SharedParts {
  /** A client that signs with no keys but those that are laid down for each request. */
  client(service: string, region: string): Promise<AwsClient>;
  homeRegion(): Promise<string>;
  settings(): Promise<CliSettings>;
  way(): Promise<Way>;
  /** The Regions that have a service, as AWS has told one of the accounts. */
  readonly offered: OfferedRegions;
  /** Takes on a role: see {@link KeySources.enter}. */
  readonly enter: NonNullable<KeySources['enter']>;
  /** Makes the next question for the keys that all of them begin with look for new ones. */
  renew(): void;
  /** Hears when these keys have ended and when others were found. The returned function ends that. */
  watch(one: KeysWatch): () => void;
}

/** The engine retries, not the SDK, because each attempt must be journaled. */
const onceOnly = new StandardRetryStrategy({maxAttempts: 1});

/**
 * Makes and keeps one client for each service and Region, all over the same sockets and with the same keys. Connections of
 * many accounts share the clients; each request is signed with the keys of the connection that it is sent through.
 */
export class Connection {
  readonly answerTimeoutMs: number;
  /** Called right before each write of a call to the network; nothing is written where this throws. */
  beforeSending: () => void = () => undefined;
  readonly #options: ConnectionOptions;
  readonly #clients = new Map<string, Promise<AwsClient>>();
  #caller: Caller;
  #settings: Promise<CliSettings> | undefined;
  #way: Way | undefined;
  #keys: SharedKeys | undefined;
  /** The keys of the last request. */
  #found: FoundKeys | undefined;
  /** Ends the processes that are asked for keys: with the connection, or when they are asked again. */
  #asking = new AbortController();
  /** Aborts with the connection or at the interruption. */
  #ending: AbortSignal;
  #partition: string | undefined;
  #instanceRegion: Promise<string | undefined> | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.answerTimeoutMs = options.answerTimeoutMs ?? answerTimeoutMs;
    this.#ending = this.#endOfWaits();
    this.#caller = {keys: () => this.keys(), agent: userAgent(options.agent)};
  }

  /** Names another run from here on: one that goes on where this connection's own has ended. */
  speakFor(run: string): void {
    const {agent} = this.#options;
    if (agent !== undefined) this.#caller = {...this.#caller, agent: userAgent({...agent, run})};
  }

  /** A client. Without a Region it is for account-wide calls: see {@link Connection.homeRegion}. */
  async client(service: string, region?: string): Promise<CallersClient> {
    const where = region ?? (await this.homeRegion());
    const {shared} = this.#options;
    const client = shared === undefined ? this.sharedClient(service, where) : shared.client(service, where);
    return clientFor(await client, this.#caller);
  }

  /** A client for every connection that shares this one's. */
  sharedClient(service: string, region: string): Promise<AwsClient> {
    const key = `${service} ${region}`;
    const known = this.#clients.get(key);
    if (known !== undefined) return known;
    const made = this.#create(service, region);
    this.#clients.set(key, made);
    made.catch(() => this.#clients.delete(key));
    return made;
  }

  /**
   * The Region of account-wide calls: the partition's own once the caller is known; until then the one that the
   * environment or the profile names, or that of this EC2 instance, or us-east-1.
   */
  async homeRegion(): Promise<string> {
    if (this.#partition !== undefined) return globalRegionOf(this.#partition);
    const {region, metadata} = await this.settings();
    if (region !== undefined) return region;
    const {credentials, endpoint, env: given, shared} = this.#options;
    if (shared !== undefined) return shared.homeRegion();
    // With keys or an endpoint that were handed over it does not matter where this host stands.
    const matters = given !== undefined && credentials === undefined && endpoint === undefined;
    if (matters) this.#instanceRegion ??= regionOfInstance(metadata);
    return (await this.#instanceRegion) ?? 'us-east-1';
  }

  /** The profile in use, when the operator or the environment names one. */
  async profile(): Promise<string | undefined> {
    return (await this.settings()).profile;
  }

  /** The connections of other accounts share its clients. */
  get isOneOfMany(): boolean {
    return this.#options.shared !== undefined;
  }

  /** Says which partition the caller lives in. */
  enter(partition: string): void {
    this.#partition = partition;
  }

  /**
   * Returns the keys that requests are signed with. It may ask the operator, so it can take minutes. Throws
   * BadSetting, AWS's refusal, and WaitInterrupted.
   */
  async keys(): Promise<Keys> {
    const {credentials, role} = this.#options;
    if (credentials !== undefined && typeof credentials !== 'function' && role === undefined) {
      return credentials;
    }
    const found = this.#keys?.present() ?? (await unlessInterrupted(this.#find(this.#ending), this.#ending));
    this.#found = found;
    return found.keys;
  }

  /** The keys of the last request, where they had to be looked for. */
  get lastKeys(): Keys | undefined {
    return this.#found?.keys;
  }

  /** The keys of the last request were in this process's environment: no other process can renew them. */
  get keysCannotChange(): boolean {
    return this.#found?.fromEnvironment === true;
  }

  /** The notes for the operator on the keys in use, a line each. */
  get notes(): readonly string[] {
    const note = this.#found?.note;
    return note === undefined ? [] : [note];
  }

  /** Makes the next call look for new keys: the old ones have ended, and the operator has signed in again. */
  renew(): void {
    this.#asking.abort();
    this.#asking = new AbortController();
    this.#ending = this.#endOfWaits();
    this.#keys = undefined;
    this.#settings = undefined;
    this.#clients.clear();
    // An account without a role is entered with the very keys that all of them begin with.
    if (this.#options.role === undefined) this.#options.shared?.renew();
  }

  close(): void {
    this.#asking.abort();
    this.#way?.handler.destroy();
  }

  #endOfWaits(): AbortSignal {
    const {interrupted} = this.#options;
    const {signal} = this.#asking;
    return interrupted === undefined ? signal : AbortSignal.any([signal, interrupted]);
  }

  async #find(signal: AbortSignal): Promise<FoundKeys> {
    const {credentials, role, mfaCode, endpoint, waiting, shared} = this.#options;
    if (typeof credentials === 'function' && role === undefined) {
      return {keys: await credentials(), fromEnvironment: false};
    }
    const settings = await this.settings();
    const [region, handler] = [await this.homeRegion(), (await this.way()).handler];
    // With nothing awaited between the look and the assignment: forty clients ask at the same time.
    this.#keys ??= sharedCredentials({
      settings,
      ...(role === undefined ? {} : {role}),
      ...(mfaCode === undefined ? {} : {mfaCode: (serial: string) => mfaCode(serial, signal)}),
      ...(credentials === undefined
        ? {}
        : {keys: async () => (typeof credentials === 'function' ? credentials() : credentials)}),
      ...(shared === undefined
        ? {}
        : {
            enter: shared.enter,
            sts: async (keys: Keys) =>
              clientFor(await shared.client('sts', region), {
                keys: async () => keys,
                agent: this.#caller.agent,
              }),
          }),
      ...(endpoint === undefined ? {} : {endpoint}),
      region,
      requestHandler: handler,
      wait: namedWaits(waiting),
      sessionName: sessionName(this.#options.agent),
      signal,
    });
    return this.#keys.find();
  }

  async #create(name: string, region: string): Promise<AwsClient> {
    const service = await loadService(name);
    const {endpoint} = this.#options;
    const {userAgentAppId, placeOf} = await this.settings();
    const client = service.createClient({
      region,
      maxAttempts: 1,
      retryStrategy: onceOnly,
      logger: silentOnCalls,
      requestHandler: (await this.way()).handler,
      credentials: nobodysKeys,
      // All that follows was looked up once: the SDK would do so for each client, and knows AWS_PROFILE's profile alone.
      ...lookedUpAlready,
      ...placeOf(name, endpoint),
      userAgentAppId: async () => userAgentAppId,
    });
    return signByRequest(client);
  }

  /** The settings of the AWS CLI that hold here. */
  settings(): Promise<CliSettings> {
    const {env, profile, shared} = this.#options;
    if (shared !== undefined) return shared.settings();
    if (this.#settings !== undefined) return this.#settings;
    const found = cliSettings(profile, env);
    this.#settings = found;
    found.catch(() => {
      if (this.#settings === found) this.#settings = undefined;
    });
    return found;
  }

  /** The sockets of every request, those for credentials included. */
  async way(): Promise<Way> {
    const {shared} = this.#options;
    if (shared !== undefined) return shared.way();
    const {caBundle} = await this.settings();
    const {env} = this.#options;
    this.#way ??= wayOut({
      answerTimeoutMs: this.answerTimeoutMs,
      ...(env === undefined ? {} : {env}),
      ...(caBundle === undefined ? {} : {caBundle}),
    });
    return this.#way;
  }

  /** Connects with the host of an operation, if that is AWS's own: a first call goes out at once then. */
  async warm(service: string, operation: string, region: string): Promise<void> {
    const host = await hostOf(await loadService(service), await this.client(service, region), operation);
    if (isAwsHost(host)) (await this.way()).warm(host);
  }
}
