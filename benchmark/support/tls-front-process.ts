import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {createServer as createHttp} from 'node:http';
import {connect, type AddressInfo, type Server} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Duplex} from 'node:stream';
import {createServer as createTls} from 'node:tls';

// An inspecting proxy, as in front of a bastion, in a process of its own: `tls-front-process.ts PORT ROUND-TRIP-MS`.
// It ends TLS for every host name of AWS's in front of the simulator on PORT. On `report` it sends its counts.
const [port = '', roundTrip = '0'] = process.argv.slice(2);
const oneWay = Number(roundTrip) / 2;

const regions =
  'af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2'.split(
    ' ',
  );
const services = ['imagebuilder', 'ssm', 'sts', 'events', 'account'];
const names = [
  'iam',
  'sts',
  'account',
  ...regions.flatMap((region) => services.map((name) => `${name}.${region}`)),
];
const hosts = names.map((name) => `DNS:${name}.amazonaws.com`).join(',');

const folder = mkdtempSync(join(tmpdir(), 'handrail-tls-'));
process.on('exit', () => rmSync(folder, {recursive: true, force: true}));
const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
execFileSync(
  'openssl',
  [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    '-keyout',
    key,
    '-out',
    certificate,
    '-subj',
    '/CN=front',
    '-addext',
    `subjectAltName=${hosts}`,
  ],
  {stdio: 'ignore'},
);

const counts = {handshakes: 0, resumed: 0, bytes: 0, hosts: new Set<string>()};
const tls = createTls({key: readFileSync(key), cert: readFileSync(certificate)}, (socket) => {
  counts.handshakes += 1;
  if (socket.isSessionReused()) counts.resumed += 1;
  speak(socket, connect(Number(port), '127.0.0.1'), 0, false);
});
const tlsPort = await listening(tls);
const proxy = createHttp();
proxy.on('connect', (request, socket, head) => {
  counts.hosts.add(request.url ?? '');
  const on = connect(tlsPort, '127.0.0.1', () => {
    // The round trip of the connection itself.
    setTimeout(() => socket.write('HTTP/1.1 200 Connection established\r\n\r\n'), 2 * oneWay);
    on.write(head);
    speak(socket, on, oneWay, true);
  });
});
process.send?.({proxy: `http://127.0.0.1:${await listening(proxy)}`, certificate});
process.on('message', () => process.send?.({...counts, hosts: counts.hosts.size}));
process.on('disconnect', () => process.exit(0));

/** Lets two streams speak with each other, each byte `ms` late. */
function speak(one: Duplex, other: Duplex, ms: number, counted: boolean): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.on('data', (data: Buffer) => {
      if (counted) counts.bytes += data.length;
      setTimeout(() => to.writable && to.write(data), ms);
    });
    from.on('end', () => setTimeout(() => to.end(), ms));
    from.on('error', () => to.destroy());
  }
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
