import {Connection, type ConnectionOptions} from '../../source/aws/connection/connection.ts';
import {loadService, type AwsClient} from '../../source/aws/catalogue/sdk-service.ts';

/** Where a request would have gone. */
export interface SentRequest {
  readonly host: string;
  /** Region and service of the signature. */
  readonly signedFor: string;
}

/** Lets the SDK build and sign a request in full, and takes it where it would be sent. Nothing leaves this process. */
export async function sentRequest(
  connection: Connection,
  name: string,
  region?: string,
): Promise<SentRequest> {
  const sent = await wireOf(connection, name, region);
  const [, scope = ''] =
    /Credential=[^/]+\/\d+\/([^/]+\/[^/]+)\//.exec(sent?.headers.authorization ?? '') ?? [];
  return {host: `${sent?.hostname}${sent?.port === undefined ? '' : `:${sent.port}`}`, signedFor: scope};
}

/** The user agent that a request would have. */
export async function sentUserAgent(connection: Connection, name: string): Promise<string> {
  return (await wireOf(connection, name))?.headers['user-agent'] ?? '';
}

async function wireOf(connection: Connection, name: string, region?: string): Promise<Wire | undefined> {
  const [service = '', operation = ''] = name.split(':');
  const {createCommand} = await loadService(service);
  const client = await connection.client(service, region);
  return interceptedOf(client, createCommand(operation, {Path: '/'}));
}

/** A connection with keys that open nothing. */
export function connectionWith(options: ConnectionOptions = {}): Connection {
  return new Connection({
    credentials: {accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'a-secret'},
    ...options,
  });
}

interface Wire {
  readonly hostname: string;
  readonly port?: number;
  readonly headers: {readonly authorization?: string; readonly 'user-agent'?: string};
}

async function interceptedOf(client: AwsClient, command: object): Promise<Wire | undefined> {
  let sent: Wire | undefined;
  const stop = new Error('not sent');
  const {middlewareStack} = command as AwsClient;
  const take = () => async (args: {request: Wire}) => {
    sent = args.request;
    throw stop;
  };
  // Next to the wire: the signature, the last thing that is done to a request, is on it by then.
  middlewareStack.add(take, {step: 'deserialize', priority: 'low', name: 'take'});
  await client.send(command, {abortSignal: new AbortController().signal}).catch((error: unknown) => {
    if (error !== stop) throw error;
  });
  return sent;
}
