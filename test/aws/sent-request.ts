import {Connection, type ConnectionOptions} from '../../source/aws/connection/connection.ts';
import {loadService} from '../../source/aws/catalogue/sdk-service.ts';

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
  let sent: Wire | undefined;
  const stop = new Error('not sent');
  // Next to the wire: the signature, the last thing that is done to a request, is on it by then.
  const {handler} = await connection.way();
  handler.handle = async (request) => {
    sent = request;
    throw stop;
  };
  const call = {abortSignal: new AbortController().signal, seen: async () => undefined};
  await client.call(createCommand(operation, {Path: '/'}), call).catch((error: unknown) => {
    if (error !== stop) throw error;
  });
  return sent;
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
