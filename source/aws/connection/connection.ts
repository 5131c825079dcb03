import {StandardRetryStrategy} from '@smithy/core/retry';
import type {NodeHttpHandler} from '@smithy/node-http-handler';
import type {Limits} from '../../engine/model/program.ts';
import {cliSettings, type CliSettings} from './cli-settings.ts';
import {sharedCredentials, type AssumedRole, type Keys} from './credentials.ts';
import {globalRegionOf} from './partitions.ts';
import {requestHandler, silentOnCalls} from './request-handler.ts';
import {loadService, type AwsClient} from '../catalogue/sdk-service.ts';

/** How to reach AWS; everything left out is found as the AWS CLI finds it. */
export interface ConnectionOptions {
  readonly profile?: string;
  readonly role?: AssumedRole;
  /** Asks the operator for the code that an MFA device shows. */
  readonly mfaCode?: (serial: string) => Promise<string>;
  /** An endpoint for every service, such as the simulator's. */
  readonly endpoint?: string;
  /** Keys to sign with; nothing else is looked for when they are given. */
  readonly credentials?: Keys;
  /** Environment with the proxies, the CA bundle, the Region and the profile. Nothing of it counts when absent. */
  readonly env?: NodeJS.ProcessEnv;
  /** Longest wait for one whole answer, in ms. */
  readonly answerTimeoutMs?: number;
  /** How hard AWS may be worked; the engine's own figures where left out. */
  readonly limits?: Partial<Limits>;
}

/** AWS's control planes answer in well under a second; a stalled proxy never does. */
const defaultAnswerTimeoutMs = 30_000;

/** The engine tries again, not the SDK: what it tried, and when, belongs into the journal. */
const onceOnly = new StandardRetryStrategy({maxAttempts: 1});

/** Settings that every client would look for anew in the environment and the files of `~/.aws`. */
const commonSettings = ['useFipsEndpoint', 'useDualstackEndpoint', 'userAgentAppId'] as const;

/** Makes and keeps one client for each service and Region, all over the same sockets and with the same keys. */
export class Connection {
  readonly answerTimeoutMs: number;
  readonly #options: ConnectionOptions;
  readonly #clients = new Map<string, Promise<AwsClient>>();
  #settings: Promise<CliSettings> | undefined;
  #handler: NodeHttpHandler | undefined;
  #keys: (() => Promise<Keys>) | undefined;
  #partition: string | undefined;
  /** What the first client found: the others, one for each Region, need not look again. */
  #common: object = {};

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.answerTimeoutMs = options.answerTimeoutMs ?? defaultAnswerTimeoutMs;
  }

  /** A client. Without a Region it is for account-wide calls: see {@link Connection.homeRegion}. */
  async client(service: string, region?: string): Promise<AwsClient> {
    const where = region ?? (await this.homeRegion());
    const key = `${service} ${where}`;
    const known = this.#clients.get(key) ?? this.#create(service, where);
    this.#clients.set(key, known);
    return known;
  }

  /**
   * The Region of account-wide calls: the partition's own once the caller is known; until then the one that the
   * environment or the profile names, or us-east-1.
   */
  async homeRegion(): Promise<string> {
    if (this.#partition !== undefined) return globalRegionOf(this.#partition);
    return (await this.#found()).region ?? 'us-east-1';
  }

  /** The profile in use, when the operator or the environment names one. */
  async profile(): Promise<string | undefined> {
    return (await this.#found()).profile;
  }

  /** Says which partition the caller lives in. */
  enter(partition: string): void {
    this.#partition = partition;
  }

  /** The keys that requests are signed with. May ask the operator, so it takes as long as a person does. */
  async keys(): Promise<Keys> {
    const {credentials, role, mfaCode} = this.#options;
    if (credentials !== undefined && role === undefined) return credentials;
    const {profile} = await this.#found();
    const [region, handler] = [await this.homeRegion(), await this.#requestHandler()];
    // With nothing awaited between the look and the assignment: forty clients ask at the same time.
    this.#keys ??= sharedCredentials({
      ...(profile === undefined ? {} : {profile}),
      ...(role === undefined ? {} : {role}),
      ...(mfaCode === undefined ? {} : {mfaCode}),
      ...(credentials === undefined ? {} : {keys: credentials}),
      ...(this.#options.endpoint === undefined ? {} : {endpoint: this.#options.endpoint}),
      region,
      requestHandler: handler,
    });
    return this.#keys();
  }

  /** Looks for keys anew with the next call: those in use have ended, and the operator has signed in again. */
  renew(): void {
    this.#keys = undefined;
    this.#settings = undefined;
    this.#common = {};
    this.#clients.clear();
  }

  close(): void {
    this.#handler?.destroy();
  }

  async #create(name: string, region: string): Promise<AwsClient> {
    const service = await loadService(name);
    const {endpoint} = this.#options;
    const {profile, endpointOf} = await this.#found();
    const configured = endpointOf(name);
    const client = service.createClient({
      ...this.#common,
      region,
      maxAttempts: 1,
      retryStrategy: onceOnly,
      logger: silentOnCalls,
      requestHandler: await this.#requestHandler(),
      credentials: () => this.keys(),
      // Looked up by endpointOf: the SDK would do so with every call, and of profiles it reads that of AWS_PROFILE alone.
      ignoreConfiguredEndpointUrls: true,
      ...(profile === undefined ? {} : {profile}),
      ...(configured === undefined ? {} : {endpoint: configured}),
      // An endpoint of our own has neither variant; settings of the environment would make the client refuse it.
      ...(endpoint === undefined ? {} : {endpoint, useFipsEndpoint: false, useDualstackEndpoint: false}),
    });
    this.#common = Object.fromEntries(commonSettings.map((name) => [name, client.config[name]]));
    return client;
  }

  #found(): Promise<CliSettings> {
    const {env, profile} = this.#options;
    if (env === undefined) {
      return Promise.resolve({endpointOf: () => undefined, ...(profile === undefined ? {} : {profile})});
    }
    this.#settings ??= cliSettings(profile, env);
    return this.#settings;
  }

  async #requestHandler(): Promise<NodeHttpHandler> {
    const {caBundle} = await this.#found();
    const {env} = this.#options;
    this.#handler ??= requestHandler({
      answerTimeoutMs: this.answerTimeoutMs,
      ...(env === undefined ? {} : {env}),
      ...(caBundle === undefined ? {} : {caBundle}),
    });
    return this.#handler;
  }
}
