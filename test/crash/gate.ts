import {Agent, createServer, request, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {buffer} from 'node:stream/consumers';

/** Where a request stands when somebody may step in. */
export type Moment = 'arrived' | 'performed' | 'answered';

/** What becomes of the request then: it goes on, or nothing more happens to it and its client waits forever. */
type Verdict = 'pass' | 'stop';

/** A request, before it reaches the simulator. */
export interface GatedRequest {
  /** 1 for the first. */
  readonly number: number;
  /** The service that it is signed for, such as `iam`. */
  readonly service: string;
  readonly body: string;
  readonly path: string;
}

export interface Gate {
  readonly endpoint: string;
  /** Requests that arrived so far. */
  readonly count: number;
  /** Where requests are passed on to; may be changed at any time. */
  target: string;
  /** Asked at every moment of every request. */
  watch: (moment: Moment, request: GatedRequest) => Verdict | Promise<Verdict>;
  close(): Promise<void>;
}

/** A loopback proxy in front of a simulator, at which a test can stop any request at any moment. */
export async function openGate(target: string): Promise<Gate> {
  const agent = new Agent({keepAlive: true});
  let count = 0;
  const pass = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    count += 1;
    const number = count;
    const body = await buffer(incoming);
    const service = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)/.exec(incoming.headers.authorization ?? '')?.[1];
    const gated = {number, service: service ?? '', body: body.toString(), path: incoming.url ?? ''};
    if ((await gate.watch('arrived', gated)) === 'stop') return;
    const answer = await forward(agent, gate.target, incoming, body);
    if ((await gate.watch('performed', gated)) === 'stop') return;
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body, () => void gate.watch('answered', gated));
  };
  const server = createServer(
    (incoming, response) => void pass(incoming, response).catch(() => response.destroy()),
  );
  // As the simulator's: on a busy machine nothing is sent on a connection that is being closed.
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const gate: Gate = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get count() {
      return count;
    },
    target,
    watch: () => 'pass',
    close: () =>
      new Promise((resolve) => {
        agent.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return gate;
}

interface Forwarded {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

function forward(agent: Agent, target: string, incoming: IncomingMessage, body: Buffer): Promise<Forwarded> {
  return new Promise((resolve, reject) => {
    const url = new URL(incoming.url ?? '/', target);
    const outgoing = request(url, {agent, method: incoming.method, headers: incoming.headers}, (answer) => {
      const {statusCode: status = 0, headers} = answer;
      buffer(answer).then((whole) => resolve({status, headers, body: whole}), reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
