import {NodeHttpHandler} from '@smithy/node-http-handler';
import {loadService, type AwsClient, type Service} from './service.ts';

/** How to reach AWS; everything left out is found as the AWS CLI finds it. */
export interface ConnectionOptions {
  readonly profile?: string;
  /** An endpoint for every service, such as the simulator's. */
  readonly endpoint?: string;
  readonly credentials?: {readonly accessKeyId: string; readonly secretAccessKey: string};
}

/** Longest wait for one answer, in ms. AWS's control planes answer in well under a second; a stalled proxy never does. */
const requestTimeoutMs = 30_000;

/** Longest wait for a connection, in ms. */
const connectionTimeoutMs = 10_000;
const silent = {debug: ignore, info: ignore, warn: ignore, error: ignore, trace: ignore};

function ignore(): void {
  // Whatever a client wants to say would land in the middle of a full-screen view.
}

/** Makes and keeps one client for each service and Region, all over the same sockets. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #clients = new Map<string, Promise<AwsClient>>();
  readonly #handler: NodeHttpHandler;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#handler = new NodeHttpHandler({
      connectionTimeout: connectionTimeoutMs,
      requestTimeout: requestTimeoutMs,
      throwOnRequestTimeout: true,
      httpAgent: {maxSockets: 512, keepAlive: true},
      httpsAgent: {maxSockets: 512, keepAlive: true},
      logger: silent,
    });
  }

  /** A client; the Region is the SDK's default one when absent, and us-east-1 when there is none. */
  client(service: string, region?: string): Promise<AwsClient> {
    const key = `${service} ${region ?? ''}`;
    const known = this.#clients.get(key) ?? this.#create(service, region);
    this.#clients.set(key, known);
    return known;
  }

  async #create(name: string, region: string | undefined): Promise<AwsClient> {
    const service = await loadService(name);
    const client = service.createClient(this.#config(region));
    if (region !== undefined) return client;
    return (await hasRegion(client)) ? client : service.createClient(this.#config('us-east-1'));
  }

  #config(region: string | undefined): object {
    const {profile, endpoint, credentials} = this.#options;
    return {
      maxAttempts: 1,
      requestHandler: this.#handler,
      logger: silent,
      ...(region === undefined ? {} : {region}),
      ...(profile === undefined ? {} : {profile}),
      ...(endpoint === undefined ? {} : {endpoint}),
      ...(credentials === undefined ? {} : {credentials}),
    };
  }

  close(): void {
    this.#handler.destroy();
  }
}

async function hasRegion(client: AwsClient): Promise<boolean> {
  const {config} = client as unknown as {config: {region: () => Promise<string>}};
  try {
    return (await config.region()) !== '';
  } catch {
    return false;
  }
}

/** Where a client's requests go, worked out by the SDK itself without sending anything. */
export async function hostOf(service: Service, client: AwsClient, operation: string): Promise<string> {
  let host = '';
  const probe = service.createCommand(operation, {}) as {
    middlewareStack: {add(middleware: unknown, options: object): void};
  };
  const stop = new Error('not sent');
  probe.middlewareStack.add(
    () =>
      async ({request}: {request: {protocol: string; hostname: string; port?: number}}): Promise<never> => {
        const port = request.port === undefined ? '' : `:${request.port}`;
        host = `${request.hostname}${port}`;
        throw stop;
      },
    {step: 'build', priority: 'low', name: 'handrailHost'},
  );
  try {
    await client.send(probe, {abortSignal: new AbortController().signal});
  } catch (error) {
    if (error !== stop && host === '') throw error;
  }
  return host;
}

/** Whether a host is one of AWS's own. */
export function isAwsHost(host: string): boolean {
  return /(^|\.)(amazonaws\.com(\.cn)?|api\.aws|api\.amazonwebservices\.com\.cn|amazonaws\.eu|c2s\.ic\.gov|sc2s\.sgov\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov)$/.test(
    host.replace(/:\d+$/, ''),
  );
}
