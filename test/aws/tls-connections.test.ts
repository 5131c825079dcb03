import {readFileSync} from 'node:fs';
import {createServer} from 'node:https';
import type {AddressInfo} from 'node:net';
import {createSecureContext, getCACertificates, type TLSSocket} from 'node:tls';
import {expect, onTestFinished, test} from 'vitest';
import {requestHandler} from '../../source/aws/connection/request-handler.ts';
import {certificate} from './middlemen.ts';

interface Server {
  readonly port: number;
  readonly sockets: Set<TLSSocket>;
  resumed: number;
}

/** A server over TLS; with `close` each connection serves one request. */
async function tlsServer(close: boolean): Promise<Server> {
  const tls = {key: readFileSync(certificate('server.key')), cert: readFileSync(certificate('server.pem'))};
  const server = createServer(tls, (_request, response) => {
    if (close) response.setHeader('connection', 'close');
    response.end('{}');
  });
  const seen: Server = {port: 0, sockets: new Set(), resumed: 0};
  server.on('secureConnection', (socket) => {
    seen.sockets.add(socket);
    if (socket.isSessionReused()) seen.resumed += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return Object.assign(seen, {port: (server.address() as AddressInfo).port});
}

/** Requests as the SDK makes them, through a handler with a CA bundle. */
function client(port: number): () => Promise<void> {
  const handler = requestHandler({caBundle: certificate('ca.pem'), answerTimeoutMs: 30_000});
  onTestFinished(() => handler.destroy());
  return async () => {
    const request = {
      protocol: 'https:',
      hostname: 'localhost',
      port,
      path: '/',
      method: 'GET',
      headers: {},
      query: {},
    };
    const {response} = await handler.handle(request as Parameters<typeof handler.handle>[0]);
    for await (const _chunk of response.body as AsyncIterable<unknown>);
  };
}

function cpuMs(from: NodeJS.CpuUsage): number {
  const {user, system} = process.cpuUsage(from);
  return (user + system) / 1000;
}

test('a CA bundle is parsed once, and not for each of 68 connections', async () => {
  const server = await tlsServer(false);
  const ask = client(server.port);
  await ask();
  const ca = [...getCACertificates('default'), readFileSync(certificate('ca.pem'), 'utf8')];
  const parsing = process.cpuUsage();
  for (let times = 0; times < 4; times += 1) createSecureContext({ca});
  const once = cpuMs(parsing) / 4;
  const connecting = process.cpuUsage();
  await Promise.all(Array.from({length: 68}, ask));
  expect(server.sockets.size).toBe(68);
  // Both ends of 68 handshakes are in this process; parsing for each would be 68 times, besides.
  expect(cpuMs(connecting)).toBeLessThan(40 * once);
});

test('a connection is used again, and a new one takes the session up again', async () => {
  const kept = await tlsServer(false);
  const again = client(kept.port);
  for (let call = 0; call < 5; call += 1) await again();
  expect(kept.sockets.size).toBe(1);

  const closing = await tlsServer(true);
  const anew = client(closing.port);
  for (let call = 0; call < 5; call += 1) await anew();
  expect(closing.sockets.size).toBe(5);
  expect(closing.resumed).toBeGreaterThanOrEqual(3);
});
