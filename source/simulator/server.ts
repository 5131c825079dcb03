import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {startClock, type Clock} from './clock.ts';
import type {FaultRule} from './faults.ts';
import {accountDispatcher, type HandledInAccount} from './organization/account-dispatcher.ts';
import {managementAccount, worldOf} from './organization/worlds.ts';
import type {WireRequest} from './protocols/protocol.ts';
import type {Scenario, Surprise} from './scenario/schema.ts';
import type {Strictness} from './strictness.ts';
import {documentOf, type AccountDocument} from './state/account-document.ts';
import {settleDeletionTasks} from './state/settle-deletion-tasks.ts';

/** One request as the simulator understood it. Nothing of the caller's credentials is kept. */
export interface SeenRequest {
  /** 1 for the first request. */
  readonly sequence: number;
  /** The account of the organization that it went to; absent for the scenario's own account. */
  readonly account?: string;
  /** Simulated milliseconds since 1970. */
  readonly at: number;
  readonly service: string;
  readonly region: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** The HTTP status; 0 when a fault cut the connection or never answered. */
  readonly status: number;
  /** The error's code, or the fault's name where no answer could carry a code. */
  readonly errorType?: string;
}

export interface Simulator {
  /** Such as `http://127.0.0.1:40123`: the endpoint of every service in every Region. */
  readonly endpoint: string;
  /** Every request so far, in the order of handling. */
  readonly requests: readonly SeenRequest[];
  /**
   * A deep copy of the current state as plain JSON, to compare before and after; of another account of the organization
   * by its id. Throws for an id that is none.
   */
  account(id?: string): AccountDocument;
  /** Lets one more surprise happen: the requests of its operation count from now on. */
  surprise(surprise: Surprise): void;
  /** Keys and tokens that AssumeRole issued so far. A client must not repeat them anywhere. */
  secrets(): string[];
  /** Stops listening and cuts every connection, also those of requests that hang. */
  close(): Promise<void>;
}

export interface SimulatorOptions {
  /** Default: a free one. */
  readonly port?: number;
  /** The simulated time in milliseconds; default: the real start, then `speed` times the real time. */
  readonly now?: Clock;
  /** Simulated seconds in a real second; default 1. It has no effect beside `now`. */
  readonly speed?: number;
  /** Rules that come before the scenario's own. */
  readonly faults?: readonly FaultRule[];
  /** Real milliseconds that every answer is held back; default: the scenario's. */
  readonly latencyMs?: number;
  /** Refuses requests that are not signed with one of these keys. When absent, any signature is accepted. */
  readonly strict?: Strictness;
  /**
   * Lead of this server's clock over real time, in ms. It shifts the Date header and the check of signatures.
   */
  readonly clockAheadMs?: number;
}

/** Time that an idle connection stays open. After Node's 5 s a busy client may use one that is being closed. */
const longestIdleMs = 600_000;

/** Real requests are a few kilobytes; this only keeps a stray upload from filling the memory. */
const largestBody = 1_000_000;

/** Starts a simulated AWS account on 127.0.0.1. It is ready for requests when the promise resolves. */
export async function startSimulator(scenario: Scenario, options: SimulatorOptions = {}): Promise<Simulator> {
  const now = options.now ?? startClock(options.speed ?? 1);
  const account = managementAccount(scenario, now());
  const {clockAheadMs = 0, strict} = options;
  const handle = accountDispatcher(account, now, {
    rules: options.faults ?? [],
    serverTime: () => Date.now() + clockAheadMs,
    ...(strict === undefined ? {} : {strict}),
  });
  const latencyMs = options.latencyMs ?? scenario.latencyMs;
  const requests: SeenRequest[] = [];

  const answer = async (incoming: IncomingMessage, response: ServerResponse) => {
    let request: WireRequest;
    try {
      request = await readRequest(incoming);
    } catch {
      // The client went away, or sent more than any client of these services does.
      response.destroy();
      return;
    }
    const handled = handle(request);
    requests.push(seen(handled, requests.length + 1));
    if (clockAheadMs !== 0) response.setHeader('date', new Date(Date.now() + clockAheadMs).toUTCString());
    if (latencyMs > 0) setTimeout(() => send(handled, response), latencyMs).unref();
    else send(handled, response);
  };
  const server = createServer((incoming, response) => void answer(incoming, response));
  server.keepAliveTimeout = longestIdleMs;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });

  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    account: (id) => {
      const world = id === undefined ? account : worldOf(account, id, now());
      if (world === undefined) throw new Error(`there is no account ${id}`);
      settleDeletionTasks(world, now());
      return documentOf(world, now());
    },
    surprise: (surprise) => void account.surprises.push({surprise, seen: 0}),
    secrets: () =>
      [...account.sessions].flatMap(([id, {secretAccessKey, sessionToken}]) => [
        id,
        secretAccessKey,
        sessionToken,
      ]),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readRequest(incoming: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody) throw new Error('The request is too large.');
    chunks.push(chunk);
  }
  return {
    method: incoming.method ?? '',
    url: new URL(incoming.url ?? '/', 'http://127.0.0.1'),
    headers: incoming.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

function seen({outcome, stalls: _stalls, ...request}: HandledInAccount, sequence: number): SeenRequest {
  return {sequence, ...request, status: typeof outcome === 'string' ? 0 : outcome.status};
}

/** Node sets the Date header itself, to the real time: simulated time there would upset clients' signatures. */
function send({outcome, stalls}: HandledInAccount, response: ServerResponse): void {
  if (outcome === 'hang') return;
  if (outcome === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  response.writeHead(outcome.status, outcome.headers);
  if (stalls === true) response.write(outcome.body);
  else response.end(outcome.body);
}
