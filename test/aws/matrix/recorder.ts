import {readFileSync} from 'node:fs';
import {createServer, type IncomingMessage} from 'node:http';
import type {AddressInfo, Server, Socket} from 'node:net';
import {TLSSocket} from 'node:tls';
import {certificate} from '../middlemen.ts';
import {answerOfAws} from './aws-answers.ts';
import {containerAnswer, metadataAnswer} from './machine-answers.ts';

/** The whole internet for one row of the matrix after the other: it answers under every name, and nothing leaves this host. */
export interface Recorder {
  /** A proxy for HTTPS_PROXY. The row's name in it says whose requests they are. */
  readonly proxy: (row: string) => string;
  /** Metadata services of EC2 instances, and the credentials endpoint of a container. */
  readonly machine: {readonly imds2: string; readonly imds1: string; readonly container: string};
  /** Ports of this host that stand for addresses of AWS which it cannot have. */
  readonly standIns: Readonly<Record<string, number>>;
  /** A row's requests, each as `KEY signs SERVICE in REGION at HOST`. */
  readonly requests: (row: string) => readonly string[];
  readonly close: () => Promise<void>;
}

const tls = {
  key: readFileSync(certificate('aws-names.key')),
  cert: readFileSync(certificate('aws-names.pem')),
};

export async function startRecorder(): Promise<Recorder> {
  const seen = new Map<string, string[]>();
  const origin = new WeakMap<Socket, {readonly row: string; readonly host: string}>();
  const behind = createServer((request, response) => {
    const {row = '', host = ''} = origin.get(request.socket) ?? {};
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8');
    });
    request.on('end', () => {
      seen.set(row, [...(seen.get(row) ?? []), signatureOf(request, host)]);
      answerOfAws(request, body, response);
    });
  });
  const proxy = createServer((request, response) => {
    seen.set(rowOf(request), [...(seen.get(rowOf(request)) ?? []), `plain HTTP at ${request.url}`]);
    response.writeHead(502).end();
  });
  proxy.on('connect', (request: IncomingMessage, client: Socket) => {
    client.on('error', () => client.destroy());
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    const secure = new TLSSocket(client, {isServer: true, ...tls});
    secure.on('error', () => secure.destroy());
    origin.set(secure, {row: rowOf(request), host: (request.url ?? '').replace(/:443$/, '')});
    behind.emit('connection', secure);
  });
  const imds2 = createServer((request, response) => metadataAnswer(request, response, 'v2'));
  const imds1 = createServer((request, response) => metadataAnswer(request, response, 'v1'));
  const container = createServer(containerAnswer);
  const servers = [proxy, imds2, imds1, container];
  const [proxyPort, port2, port1, containerPort] = await Promise.all(servers.map(listen));
  return {
    proxy: (row) => `http://${row}:x@127.0.0.1:${proxyPort}`,
    machine: {
      imds2: `http://127.0.0.1:${port2}/`,
      imds1: `http://127.0.0.1:${port1}/`,
      container: `http://127.0.0.1:${containerPort}`,
    },
    // The agent of ECS, and the metadata service.
    standIns: {'169.254.170.2': containerPort ?? 0, '169.254.169.254': port2 ?? 0},
    requests: (row) => seen.get(row) ?? [],
    close: async () => {
      behind.closeAllConnections();
      for (const server of servers) server.closeAllConnections();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

/** Says who signs for what and where; requests that need no signature say so. A key of a session has to come with its token. */
function signatureOf({headers, url}: IncomingMessage, host: string): string {
  const [, key = '', region = '', service = ''] =
    /Credential=([^/]+)\/[^/]+\/([^/]+)\/([^/]+)\//.exec(headers.authorization ?? '') ?? [];
  if (key === '') return `unsigned at ${host}`;
  const token = headers['x-amz-security-token'];
  const wanted = key.startsWith('ASIA') ? `token-of-${key}` : undefined;
  const odd = token === wanted ? '' : ' (with another token)';
  return `${key}${odd} signs ${service} in ${region} at ${host}${url?.startsWith('//') === true ? ' //' : ''}`;
}

function rowOf({headers}: IncomingMessage): string {
  const [, encoded = ''] = /^Basic (.+)$/.exec(headers['proxy-authorization'] ?? '') ?? [];
  return Buffer.from(encoded, 'base64').toString('utf8').split(':')[0] ?? '';
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
