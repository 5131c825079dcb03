import {AsyncLocalStorage} from 'node:async_hooks';
import type {ClientRequest} from 'node:http';
import {Agent} from 'node:https';
import type {Socket} from 'node:net';
import {CheckedHttpsAgent} from './checked-agents.ts';

/** The part of a request that Node's agents use until they hand it a socket. */
interface Asking {
  readonly timeout?: number;
  getHeader(name: string): unknown;
  onSocket(socket: Socket | null, error?: Error): void;
}

type Where = Parameters<Agent['getName']>[0] & object;

/** The method by which Node's requests come to their agent, and which its types leave out. */
const plain = Agent.prototype as unknown as {
  addRequest(this: Agent, request: ClientRequest | Asking, options: Where): void;
};

/** Longest time that a request waits for another one's answer before it gets a connection for itself, in ms. */
const patienceMs = 1000;

/** What goes on at one host. */
interface Host {
  /** Requests with a socket or about to get one, and a connection that is made ahead of them. */
  busy: number;
  warming: boolean;
  /** Each starts a request that waits. */
  readonly waiting: Set<() => void>;
}

/**
 * An agent that makes few connections, for hosts with which a handshake takes longer than an answer. The second of two
 * requests to a host waits for the first one's socket; from the third on each gets a socket, as with Node's agent.
 */
export class FrugalAgent extends CheckedHttpsAgent {
  readonly #hosts = new Map<string, Host>();

  addRequest(request: ClientRequest, options: Where): void {
    const host = this.#hostAt(options);
    const room = host.warming ? 2 : 1;
    if (host.busy !== 1 || host.waiting.size >= room) {
      this.#start(host, request, options);
      return;
    }
    // It begins where another request ends, and keeps the check of its own call.
    const start = AsyncLocalStorage.bind((): void => {
      clearTimeout(timer);
      host.waiting.delete(start);
      this.#start(host, request, options);
    });
    const timer = setTimeout(start, patienceMs);
    host.waiting.add(start);
  }

  /** Connects with a host that has no connection yet, for the first request to it. What fails is that request's to report. */
  warm(address: string): void {
    const {hostname, port} = new URL(`https://${address}`);
    const where: Where = {host: hostname, port: Number(port || 443), servername: hostname};
    const host = this.#hostAt(where);
    if (host.busy > 0 || (this.freeSockets[this.#nameOf(where)]?.length ?? 0) > 0) return;
    host.warming = true;
    host.busy += 1;
    let isOver = false;
    const over = (): void => {
      if (isOver) return;
      isOver = true;
      host.warming = false;
      ended(host);
    };
    plain.addRequest.call(this, idleRequest(over), where);
  }

  #start(host: Host, request: ClientRequest, options: Where): void {
    host.busy += 1;
    // Its socket is ready for the next request a moment later.
    request.once('close', () => process.nextTick(ended, host));
    plain.addRequest.call(this, request, options);
  }

  #hostAt(where: Where): Host {
    const name = this.#nameOf(where);
    const known = this.#hosts.get(name);
    if (known !== undefined) return known;
    const host = {busy: 0, warming: false, waiting: new Set<() => void>()};
    this.#hosts.set(name, host);
    return host;
  }

  #nameOf(where: Where): string {
    const {host} = where as {readonly host?: string};
    return this.getName({servername: host, ...where, ...this.options} as Where);
  }
}

/** Something at a host is over: the request that waited longest begins. */
function ended(host: Host): void {
  host.busy -= 1;
  const [next] = host.waiting;
  next?.();
}

/** A request that is never sent: it gives its socket back as soon as that is connected, and says when it is over. */
function idleRequest(over: () => void): Asking {
  return {
    getHeader: () => undefined,
    onSocket(socket) {
      if (socket === null || socket === undefined) return over();
      const ready = (): void => {
        socket.off('error', over).off('close', over);
        // The member by which Node's agents know whether a socket may be used again.
        Object.assign(socket, {_httpMessage: {shouldKeepAlive: true}});
        socket.emit('free');
        over();
      };
      socket.on('error', over).on('close', over);
      // Behind a proxy it comes when all is done.
      if ('secureConnecting' in socket && socket.secureConnecting === true)
        socket.once('secureConnect', ready);
      else ready();
    },
  };
}
