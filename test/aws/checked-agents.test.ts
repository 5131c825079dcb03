import {readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {createServer as createTlsServer} from 'node:https';
import type {AddressInfo} from 'node:net';
import {describe, expect, it, onTestFinished} from 'vitest';
import {checkedAtSocket} from '../../source/aws/connection/checked-agents.ts';
import {wayOut} from '../../source/aws/connection/request-handler.ts';
import {certificate} from './middlemen.ts';

/** A server that counts requests, and a client with the SDK's handler on it. */
async function world(
  protocol: string,
): Promise<{readonly paths: string[]; send(path: string): Promise<unknown>}> {
  const paths: string[] = [];
  const tls = {key: readFileSync(certificate('server.key')), cert: readFileSync(certificate('server.pem'))};
  const answer: Parameters<typeof createServer>[1] = ({url = ''}, response) => {
    paths.push(url);
    response.end('{}');
  };
  const server = protocol === 'http:' ? createServer(answer) : createTlsServer(tls, answer);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const {port} = server.address() as AddressInfo;
  const {handler} = wayOut({caBundle: certificate('ca.pem'), answerTimeoutMs: 30_000});
  onTestFinished(() => {
    handler.destroy();
    server.closeAllConnections();
    server.close();
  });
  const send = async (path: string): Promise<unknown> => {
    const request = {protocol, hostname: 'localhost', port, path, method: 'GET', headers: {}, query: {}};
    const {response} = await handler.handle(request as Parameters<typeof handler.handle>[0]);
    for await (const _chunk of response.body as AsyncIterable<unknown>);
    return response.statusCode;
  };
  return {paths, send};
}

/** A check that throws from a moment on. */
function lease(): {lost: boolean; readonly check: () => void} {
  const held = {
    lost: false,
    check: () => {
      if (held.lost) throw new Error('the lease is lost');
    },
  };
  return held;
}

describe.each(['http:', 'https:'])('a call over %s', (protocol) => {
  it('sends nothing when the lease is lost while its connection is made', async () => {
    const {paths, send} = await world(protocol);
    const held = lease();
    const sent = checkedAtSocket(held.check, () => send('/late'));
    // The connection is under way, and nothing has been heard of it yet.
    setImmediate(() => (held.lost = true));
    await expect(sent).rejects.toThrow('the lease is lost');
    expect(paths).toEqual([]);
  });

  it('sends nothing over a connection that was used before, once the lease is lost', async () => {
    const {paths, send} = await world(protocol);
    const held = lease();
    expect(await checkedAtSocket(held.check, () => send('/first'))).toBe(200);
    held.lost = true;
    await expect(checkedAtSocket(held.check, () => send('/late'))).rejects.toThrow('the lease is lost');
    expect(paths).toEqual(['/first']);
  });

  it('that waits for the connection of another run’s call is sent by its own lease', async () => {
    const {paths, send} = await world(protocol);
    const [held, lost] = [lease(), lease()];
    const first = checkedAtSocket(held.check, () => send('/first'));
    const waiting = checkedAtSocket(lost.check, () => send('/waiting'));
    lost.lost = true;
    await Promise.all([
      expect(first).resolves.toBe(200),
      expect(waiting).rejects.toThrow('the lease is lost'),
    ]);
    expect(paths).toEqual(['/first']);
  });

  it('is not held up by the lost lease of another run that used its connection before', async () => {
    const {paths, send} = await world(protocol);
    const held = lease();
    expect(await checkedAtSocket(held.check, () => send('/first'))).toBe(200);
    held.lost = true;
    expect(await checkedAtSocket(lease().check, () => send('/of-another'))).toBe(200);
    expect(await send('/of-nobody')).toBe(200);
    expect(paths).toEqual(['/first', '/of-another', '/of-nobody']);
  });
});
