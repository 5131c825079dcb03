import {readFileSync} from 'node:fs';
import {createServer as createHttp, request, type IncomingMessage, type ServerResponse} from 'node:http';
import {createServer as createHttps} from 'node:https';
import {connect, type AddressInfo, type Server, type Socket} from 'node:net';
import {onTestFinished} from 'vitest';

/** Certificates that open nothing: made for these tests, valid until the year 2126. */
export function certificate(
  name: 'ca.pem' | 'server.pem' | 'server.key' | 'aws-names.pem' | 'aws-names.key',
): string {
  return new URL(`certificates/${name}`, import.meta.url).pathname;
}

/** An HTTPS server in front of an HTTP one, with a certificate that no usual authority has signed. */
export async function tlsInFrontOf(endpoint: string): Promise<string> {
  const tls = {key: readFileSync(certificate('server.key')), cert: readFileSync(certificate('server.pem'))};
  const server = createHttps(tls, (incoming, response) => forward(incoming, response, new URL(endpoint)));
  return `https://localhost:${await listen(server)}`;
}

export interface Proxy {
  readonly address: string;
  /** What it was asked for: `CONNECT host:port`, or method and address. */
  readonly asked: string[];
}

/** A proxy, as a company has one. With `password` it wants `user:password` and refuses everybody else. */
export async function startProxy(password?: string): Promise<Proxy> {
  const asked: string[] = [];
  const wanted =
    password === undefined ? undefined : `Basic ${Buffer.from(`user:${password}`).toString('base64')}`;
  const refuses = (incoming: IncomingMessage): boolean =>
    wanted !== undefined && incoming.headers['proxy-authorization'] !== wanted;
  const server = createHttp((incoming, response) => {
    asked.push(`${incoming.method} ${incoming.url}`);
    if (refuses(incoming)) response.writeHead(407).end('<html>Proxy Authentication Required</html>');
    else forward(incoming, response, new URL(incoming.url ?? ''));
  });
  server.on('connect', (incoming: IncomingMessage, client: Socket) => {
    asked.push(`CONNECT ${incoming.url}`);
    if (refuses(incoming)) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    const [host = '', port = ''] = (incoming.url ?? '').split(':');
    const upstream = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    for (const socket of [client, upstream]) socket.on('error', () => socket.destroy());
  });
  const credentials = password === undefined ? '' : 'user:wrong-canary@';
  return {address: `http://${credentials}127.0.0.1:${await listen(server)}`, asked};
}

function forward(incoming: IncomingMessage, response: ServerResponse, to: URL): void {
  const path = incoming.url?.startsWith('/') === true ? incoming.url : `${to.pathname}${to.search}`;
  const {method, headers} = incoming;
  const onward = request({host: to.hostname, port: to.port, path, method, headers}, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  incoming.pipe(onward);
}

/** Listens on a free port until the test is over. */
async function listen(server: Server & {closeAllConnections(): void}): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}
