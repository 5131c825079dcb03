import {readFileSync} from 'node:fs';
import type {Agent} from 'node:http';
import {createSecureContext, getCACertificates} from 'node:tls';
import {NodeHttpHandler} from '@smithy/node-http-handler';
import {BadSetting} from './bad-setting.ts';
import {CheckedHttpAgent} from './checked-agents.ts';
import {FrugalAgent} from './frugal-agent.ts';
import {proxiesIn} from './proxies.ts';

/** Route of requests out of this host. */
export interface Route {
  /** Environment for HTTPS_PROXY, HTTP_PROXY and NO_PROXY; no proxy when absent. */
  readonly env?: NodeJS.ProcessEnv;
  /** A PEM file with certificates to trust beside the usual ones. */
  readonly caBundle?: string;
  /** Longest wait for the start of an answer, in ms. */
  readonly answerTimeoutMs: number;
}

/** Longest wait for a connection, in ms. A proxy or a firewall that drops packets never answers at all. */
const connectionTimeoutMs = 10_000;

/** More than the calls that a run has under way at most, so that none waits for a socket. */
const maxSockets = 512;

/** Swallows a client's console output, which would land inside a full-screen view. */
export const silent = {debug: ignore, info: ignore, warn: ignore, error: ignore, trace: ignore};

/**
 * A logger without the two methods that every call reports to. The SDK copies whole responses for such a
 * report.
 */
export const silentOnCalls = {debug: ignore, warn: ignore, trace: ignore};

function ignore(): void {
  // Failures reach the run as faults; the rest is of no use to an operator.
}

/** The SDK's way to the network: its sockets. */
export interface Way {
  readonly handler: NodeHttpHandler;
  /** Connects with a host over TLS, for the first request to it. */
  warm(host: string): void;
  /** Closes the connections that nothing goes over: something else needs their files. */
  closeIdle(): void;
}

/** Makes the SDK's way to the network: through the proxies of the environment, with time limits. Throws {@link BadSetting}. */
export function wayOut({env, caBundle, answerTimeoutMs}: Route): Way {
  const agent = {maxSockets, keepAlive: true, ...(env === undefined ? {} : {proxyEnv: proxiesIn(env)})};
  // One context for all connections. Each would otherwise parse hundreds of certificates: 20 ms of standstill.
  const trust =
    caBundle === undefined
      ? {}
      : {secureContext: createSecureContext({ca: [...getCACertificates('default'), pemOf(caBundle)]})};
  const httpAgent = new CheckedHttpAgent(agent);
  const httpsAgent = new FrugalAgent({...agent, ...trust});
  const handler = new NodeHttpHandler({
    connectionTimeout: connectionTimeoutMs,
    requestTimeout: answerTimeoutMs,
    throwOnRequestTimeout: true,
    httpAgent,
    httpsAgent,
    logger: silent,
  });
  return {
    handler,
    warm: (host) => httpsAgent.warm(host),
    closeIdle: () => [httpAgent, httpsAgent].forEach(closeFree),
  };
}

function closeFree({freeSockets}: Agent): void {
  for (const socket of Object.values(freeSockets).flatMap((sockets) => sockets ?? [])) socket.destroy();
}

function pemOf(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw badBundle(`the CA bundle ${file} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  }
  if (!text.includes('-----BEGIN CERTIFICATE-----')) {
    throw badBundle(`the CA bundle ${file} holds no certificate`);
  }
  return text;
}

function badBundle(message: string): BadSetting {
  return new BadSetting(message, {
    name: 'BadCaBundle',
    kind: 'tls',
    remedy: 'correct AWS_CA_BUNDLE (or ca_bundle of the profile): it names a PEM file with certificates',
  });
}
