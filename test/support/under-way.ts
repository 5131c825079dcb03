import {subscribe} from 'node:diagnostics_channel';
import type {ClientRequest} from 'node:http';

/**
 * Turns of the event loop for which requests may be under way while time stands still: many times what an answer on
 * loopback takes. A request that is never answered holds up nobody's time for longer.
 */
const longestTurns = 2000;

/** Kinds of work on other threads, which takes the longer the busier the machine and its disk are. It always ends. */
const onThreads = new Set(['FSReqCallback', 'FSReqPromise', 'GetAddrInfoReqWrap']);

/** The requests that are under way, each with the turn in which it was made. */
const requests = new Map<ClientRequest, number>();
let turn = 0;

subscribe('http.client.request.created', (message) => {
  const {request} = message as {readonly request: ClientRequest};
  requests.set(request, turn);
  request.once('close', () => requests.delete(request));
});

/** Returns true if this process waits for a disk or for an answer. It is asked once in each turn of the event loop. */
export function isUnderWay(): boolean {
  if (process.getActiveResourcesInfo().some((kind) => onThreads.has(kind))) return true;
  turn += 1;
  return [...requests.values()].some((made) => turn - made < longestTurns);
}
