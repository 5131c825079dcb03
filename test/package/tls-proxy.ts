import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync} from 'node:fs';
import {createServer as createHttp} from 'node:http';
import {connect, createServer as createTcp, type AddressInfo, type Server} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createServer as createTls} from 'node:tls';

/** An endpoint over TLS with a certificate of its own, reached only through a proxy. */
export interface BehindProxy {
  readonly endpoint: string;
  readonly proxy: string;
  /** File with the certificate to believe. */
  readonly caBundle: string;
  /** Connections that the proxy was asked for. */
  tunnels(): number;
  close(): void;
}

/** The name is nowhere to be found but through the proxy, so that going past it fails. */
const hostName = 'aws.handrail.invalid';

export async function behindProxy(plainEndpoint: string): Promise<BehindProxy> {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-tls-'));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const subject = ['-subj', `/CN=${hostName}`, '-addext', `subjectAltName=DNS:${hostName}`];
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
      ...subject,
    ],
    {stdio: 'ignore'},
  );
  const behind = Number(new URL(plainEndpoint).port);
  const tls = createTls({key: readFileSync(key), cert: readFileSync(certificate)}, (socket) => {
    const on = connect(behind, '127.0.0.1');
    socket.pipe(on).pipe(socket);
    for (const end of [socket, on]) end.on('error', () => end.destroy());
  });
  const tlsPort = await listening(tls);
  let tunnels = 0;
  const proxy = createHttp();
  proxy.on('connect', (_request, socket, head) => {
    tunnels += 1;
    const on = connect(tlsPort, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      on.write(head);
      socket.pipe(on).pipe(socket);
    });
    for (const end of [socket, on]) end.on('error', () => end.destroy());
  });
  const proxyPort = await listening(proxy);
  return {
    endpoint: `https://${hostName}:${tlsPort}`,
    proxy: `http://127.0.0.1:${proxyPort}`,
    caBundle: certificate,
    tunnels: () => tunnels,
    close: () => {
      tls.close();
      proxy.close();
      proxy.closeAllConnections();
    },
  };
}

function listening(server: Server | ReturnType<typeof createTcp>): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
