import {AsyncLocalStorage} from 'node:async_hooks';
import {Agent as HttpAgent, type ClientRequest, type ClientRequestArgs} from 'node:http';
import {Agent as HttpsAgent} from 'node:https';
import type {Socket} from 'node:net';
import type {Duplex} from 'node:stream';
import type {TLSSocket} from 'node:tls';

type Check = () => void;

/** The check of the call that is being made. Calls share their agents, and their runs are different ones. */
const checkOfCall = new AsyncLocalStorage<Check>();

/**
 * Makes a call with a check right before each of its writes to the network. Any earlier moment is too early: a process
 * can be suspended for hours while a connection is made, or between two of forty requests. Where `check` throws, nothing
 * is written, and the connection ends.
 */
export function checkedAtSocket<T>(check: Check, call: () => T): T {
  return checkOfCall.run(check, call);
}

type Made = Duplex | null | undefined;
type Callback = (error: Error | null, socket: Duplex) => void;

/** An agent whose connections make the check of the call that uses them. */
export class CheckedHttpAgent extends HttpAgent {
  override createConnection(options: ClientRequestArgs, created?: Callback): Made {
    return checkedConnection((callback) => super.createConnection(options, callback), created);
  }

  override reuseSocket(socket: Duplex, request: ClientRequest): void {
    used(socket);
    super.reuseSocket(socket, request);
  }
}

/** The same over TLS. */
export class CheckedHttpsAgent extends HttpsAgent {
  override createConnection(options: ClientRequestArgs, created?: Callback): Made {
    return checkedConnection((callback) => super.createConnection(options, callback), created);
  }

  override reuseSocket(socket: Duplex, request: ClientRequest): void {
    used(socket);
    super.reuseSocket(socket, request);
  }
}

/** The check of the call that each connection is used for. */
const checks = new WeakMap<Duplex, Check>();

function used(socket: Duplex): void {
  const check = checkOfCall.getStore();
  if (check === undefined) checks.delete(socket);
  else checks.set(socket, check);
}

function checkedConnection(make: (callback?: Callback) => Made, created?: Callback): Made {
  // Connections through a proxy come by the callback, in a later turn; others at once.
  const check = checkOfCall.getStore();
  const prepare = (socket: Duplex): void => {
    if (check !== undefined) checks.set(socket, check);
    checkWrites(socket);
  };
  const made = make((error, socket) => {
    if (error === null) prepare(socket);
    created?.(error, socket);
  });
  if (made !== null && made !== undefined) prepare(made);
  return made;
}

/** Makes the check in the same breath as the system's write. */
function checkWrites(duplex: Duplex): void {
  const socket = duplex as Socket & Partial<Pick<TLSSocket, 'encrypted'>> & {secureConnecting?: boolean};
  const {_write: write, _writev: writev} = socket;
  socket._write = (chunk, encoding, done) => {
    const refusal = refusalOf(socket);
    if (refusal === undefined) write.call(socket, chunk, encoding, done);
    else done(refusal);
  };
  if (writev !== undefined && writev !== null) {
    socket._writev = (chunks, done) => {
      const refusal = refusalOf(socket);
      if (refusal === undefined) writev.call(socket, chunks, done);
      else done(refusal);
    };
  }
  // A socket that is not connected yet would write by itself as soon as it is.
  if (!socket.connecting && socket.secureConnecting !== true) return;
  socket.cork();
  socket.once(socket.encrypted === true ? 'secureConnect' : 'connect', () => socket.uncork());
}

function refusalOf(socket: Duplex): Error | undefined {
  try {
    checks.get(socket)?.();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
