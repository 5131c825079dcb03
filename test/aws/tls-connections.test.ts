import {readFileSync} from 'node:fs';
import {createServer} from 'node:https';
import type {AddressInfo} from 'node:net';
import {createSecureContext, getCACertificates, type TLSSocket} from 'node:tls';
import {describe, expect, it, onTestFinished, test} from 'vitest';
import {wayOut, type Way} from '../../source/aws/connection/request-handler.ts';
import {certificate, startProxy} from './middlemen.ts';

interface Server {
  readonly port: number;
  readonly sockets: Set<TLSSocket>;
  resumed: number;
}

/** A server over TLS; with `close` each connection serves one request. `answers` holds answers back. */
async function tlsServer(
  close: boolean,
  answers: () => Promise<void> = async () => undefined,
): Promise<Server> {
  const tls = {key: readFileSync(certificate('server.key')), cert: readFileSync(certificate('server.pem'))};
  const server = createServer(tls, (_request, response) => {
    if (close) response.setHeader('connection', 'close');
    void answers().then(() => response.end('{}'));
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

interface Client extends Pick<Way, 'warm' | 'closeIdle'> {
  ask(): Promise<void>;
}

/** Requests as the SDK makes them, over a way with a CA bundle. */
function client(port: number, env: NodeJS.ProcessEnv = {}): Client {
  const {handler, warm, closeIdle} = wayOut({
    caBundle: certificate('ca.pem'),
    env,
    answerTimeoutMs: 30_000,
  });
  onTestFinished(() => handler.destroy());
  const ask = async (): Promise<void> => {
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
  return {ask, warm, closeIdle};
}

function cpuMs(from: NodeJS.CpuUsage): number {
  const {user, system} = process.cpuUsage(from);
  return (user + system) / 1000;
}

test('a CA bundle is parsed once, and not for each of 68 connections', async () => {
  const server = await tlsServer(false);
  const {ask} = client(server.port);
  await ask();
  const ca = [...getCACertificates('default'), readFileSync(certificate('ca.pem'), 'utf8')];
  const parsing = process.cpuUsage();
  for (let times = 0; times < 4; times += 1) createSecureContext({ca});
  const once = cpuMs(parsing) / 4;
  const connecting = process.cpuUsage();
  await Promise.all(Array.from({length: 68}, ask));
  // The second request waited for the first one's connection, if that came soon enough.
  expect(server.sockets.size).toBeGreaterThanOrEqual(67);
  // Both ends of 68 handshakes are in this process; parsing for each would be 68 times, besides.
  expect(cpuMs(connecting)).toBeLessThan(40 * once);
});

test('a connection is used again, and a new one takes the session up again', async () => {
  const kept = await tlsServer(false);
  const {ask: again} = client(kept.port);
  for (let call = 0; call < 5; call += 1) await again();
  expect(kept.sockets.size).toBe(1);

  const closing = await tlsServer(true);
  const {ask: anew} = client(closing.port);
  for (let call = 0; call < 5; call += 1) await anew();
  expect(closing.sockets.size).toBe(5);
  expect(closing.resumed).toBeGreaterThanOrEqual(3);
});

describe('a host', () => {
  it('gets one connection for two requests at once, and another one for a third', async () => {
    const server = await tlsServer(false);
    const {ask} = client(server.port);
    await Promise.all([ask(), ask()]);
    expect(server.sockets.size).toBe(1);
    await Promise.all([ask(), ask(), ask()]);
    expect(server.sockets.size).toBe(2);
  });

  it.each(['straight', 'through a proxy'])(
    'is connected with ahead of its first request, %s',
    async (how) => {
      const server = await tlsServer(false);
      const proxy = await startProxy();
      const {ask, warm} = client(server.port, how === 'straight' ? {} : {HTTPS_PROXY: proxy.address});
      warm(`localhost:${server.port}`);
      warm(`localhost:${server.port}`);
      await Promise.all([ask(), ask()]);
      await ask();
      expect(server.sockets.size).toBe(1);
      expect(proxy.asked).toHaveLength(how === 'straight' ? 0 : 1);
    },
  );

  it('that does not answer one request holds up the next one for a second at most', async () => {
    const held = Promise.withResolvers<void>();
    let requests = 0;
    const server = await tlsServer(false, async () => ((requests += 1) === 1 ? held.promise : undefined));
    const {ask} = client(server.port);
    const first = ask();
    await ask();
    expect(server.sockets.size).toBe(2);
    held.resolve();
    await first;
  });

  it('that is not there is no trouble before it is asked', async () => {
    const {port} = await tlsServer(false);
    const {ask, warm} = client(port);
    warm('nobody.invalid');
    warm('localhost:1');
    await ask();
  });

  it('loses the connections that nothing goes over where their files are needed, and no other', async () => {
    const held = Promise.withResolvers<void>();
    let requests = 0;
    const server = await tlsServer(false, async () => ((requests += 1) === 2 ? held.promise : undefined));
    const {ask, closeIdle} = client(server.port);
    await ask();
    const [idle] = server.sockets;
    const closed = new Promise((resolve) => idle?.once('close', resolve));
    closeIdle();
    await closed;
    const under = ask();
    closeIdle();
    held.resolve();
    await under;
    expect(server.sockets.size).toBe(2);
  });
});
