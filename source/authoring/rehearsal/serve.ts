import {createServer, type IncomingMessage} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {RehearsedAws} from './rehearsed-aws.ts';

/** Largest request that is read, in bytes. */
const largestBody = 10_000_000;

/** A rehearsal that listens on this host only. */
export interface Rehearsing {
  /** The endpoint of every service in every Region. */
  readonly endpoint: string;
  close(): Promise<void>;
}

/** Serves a rehearsal on the loopback interface. `port`: 0 for a free one. Throws the errors of listening. */
export async function serveRehearsal(aws: RehearsedAws, port: number): Promise<Rehearsing> {
  const server = createServer((incoming, response) => {
    void (async () => {
      const body = await bodyOf(incoming);
      if (body === undefined) return response.destroy();
      const headers = Object.fromEntries(
        Object.entries(incoming.headers).map(([name, value]) => [
          name,
          Array.isArray(value) ? value[0] : value,
        ]),
      );
      const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
      const request = {method: incoming.method ?? '', url, headers, body};
      const answer = aws.answer(request, scopeIn(headers['authorization']));
      if (answer === undefined) return response.destroy();
      return response.writeHead(answer.status, answer.headers).end(answer.body);
    })();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(incoming: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > largestBody) return undefined;
      chunks.push(chunk);
    }
  } catch {
    // The client went away.
    return undefined;
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The service and the Region that a request was signed for. */
function scopeIn(authorization: string | undefined): {service: string; region: string} | undefined {
  const [, region, service] = /Credential=[^/]+\/\d{8}\/([^/]+)\/([^/]+)\//.exec(authorization ?? '') ?? [];
  return region === undefined || service === undefined ? undefined : {service, region};
}
