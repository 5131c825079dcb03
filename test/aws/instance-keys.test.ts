import {createServer, type RequestListener} from 'node:http';
import type {AddressInfo} from 'node:net';
import {expect, onTestFinished, test} from 'vitest';
import {metadataService} from '../../source/aws/connection/instance-metadata.ts';
import {instanceKeys} from '../../source/aws/credentials/instance-keys.ts';

const signal = new AbortController().signal;
const keys = {AccessKeyId: 'ASIA', SecretAccessKey: 's', Token: 't', Expiration: '2020-01-01T00:00:00Z'};

/** A metadata service of version 2, whose last answer is this; with a listener, that answers all. */
async function service(last: object | RequestListener): Promise<string> {
  const server = createServer((request, response) => {
    if (typeof last === 'function') last(request, response);
    else if (request.method === 'PUT') response.end('granted');
    else if (request.headers['x-aws-ec2-metadata-token'] !== 'granted') response.writeHead(401).end();
    else response.end(request.url?.endsWith('/') === true ? 'cleaner\n' : JSON.stringify(last));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function asked(address: string, env: NodeJS.ProcessEnv = {}): ReturnType<typeof instanceKeys> {
  return instanceKeys(
    metadataService({AWS_EC2_METADATA_SERVICE_ENDPOINT: address, ...env}, undefined),
    signal,
  );
}

test('keys that had ended when the metadata service gave them serve on, and are soon asked for again', async () => {
  const {accessKeyId, expiration} = await asked(await service(keys));
  expect(accessKeyId).toBe('ASIA');
  const left = (expiration?.getTime() ?? 0) - Date.now();
  expect(left).toBeGreaterThan(60_000);
  expect(left).toBeLessThan(900_000);
});

test.each([
  [
    {Code: 'AssumeRoleUnauthorizedAccess', Message: 'EC2 cannot assume cleaner'},
    / answered AssumeRoleUnauthorizedAccess: EC2 cannot assume cleaner$/,
  ],
  [{}, / answered without keys$/],
])('an answer without keys is said: %o', async (answer, says) => {
  await expect(asked(await service(answer))).rejects.toThrow(says);
});

test('an instance without a role is said by the path and the status', async () => {
  const address = await service((_, response) => response.writeHead(404).end());
  await expect(asked(address)).rejects.toThrow(
    `${address}/latest/meta-data/iam/security-credentials/ answered 404`,
  );
});

test('a refused request for a token ends it: the service is no old one', async () => {
  const address = await service((_, response) => response.writeHead(400).end());
  await expect(asked(address)).rejects.toThrow(`${address}/latest/api/token answered 400`);
});

test('what is no address is said', async () => {
  await expect(asked('not an address')).rejects.toThrow(/^not an address is no address$/);
});

test('AWS_METADATA_SERVICE_NUM_ATTEMPTS tries a service in trouble again', async () => {
  let asks = 0;
  const address = await service((request, response) => {
    asks += 1;
    if (request.method !== 'PUT' && asks < 4) response.writeHead(503).end();
    else response.end(request.url?.endsWith('/') === true ? 'cleaner' : JSON.stringify(keys));
  });
  await expect(asked(address)).rejects.toThrow(/ answered 503$/);
  asks = 0;
  expect(await asked(address, {AWS_METADATA_SERVICE_NUM_ATTEMPTS: '3'})).toMatchObject({accessKeyId: 'ASIA'});
});
