import {execFile} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {rootCertificates} from 'node:tls';
import {promisify} from 'node:util';
import {expect, onTestFinished, test} from 'vitest';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {startSimulator, type SimulatorOptions} from '../../source/simulator/server.ts';
import {asked} from './asked.ts';
import {certificate, startProxy, tlsInFrontOf} from './middlemen.ts';

/** Nobody listens there: no other test is given such a port. */
const nobody = 'http://127.0.0.1:9';

async function simulator(options: SimulatorOptions = {}): Promise<string> {
  const started = await startSimulator(loadScenario('clean'), options);
  onTestFinished(() => started.close());
  return started.endpoint;
}

test('requests go through HTTPS_PROXY by a tunnel', async () => {
  const endpoint = await tlsInFrontOf(await simulator());
  const proxy = await startProxy();
  const env = {HTTPS_PROXY: proxy.address, AWS_CA_BUNDLE: certificate('ca.pem')};
  expect(await asked({endpoint, env})).toMatchObject({ok: true, output: {Account: '123456789012'}});
  expect(proxy.asked).toEqual([`CONNECT ${new URL(endpoint).host}`]);
});

test('requests to a plain endpoint go through HTTP_PROXY, also in lower case', async () => {
  const endpoint = await simulator();
  for (const name of ['HTTP_PROXY', 'http_proxy']) {
    const proxy = await startProxy();
    expect(await asked({endpoint, env: {[name]: proxy.address}})).toMatchObject({ok: true});
    expect(proxy.asked).toEqual([`POST ${endpoint}/`]);
  }
});

test('NO_PROXY leaves the proxy out', async () => {
  const endpoint = await simulator();
  const proxy = await startProxy();
  for (const name of ['NO_PROXY', 'no_proxy']) {
    const env = {HTTP_PROXY: proxy.address, HTTPS_PROXY: proxy.address, [name]: '127.0.0.1,localhost'};
    expect(await asked({endpoint, env})).toMatchObject({ok: true});
  }
  expect(proxy.asked).toEqual([]);
});

test('a proxy that wants other credentials is told from AWS, and its password is not repeated', async () => {
  const plain = await simulator();
  const proxy = await startProxy('right');
  const secure = await tlsInFrontOf(plain);
  for (const endpoint of [plain, secure]) {
    const env = {HTTP_PROXY: proxy.address, HTTPS_PROXY: proxy.address};
    const outcome = await asked({endpoint, env});
    expect(outcome).toMatchObject({ok: false, fault: {kind: 'proxy'}});
    expect(JSON.stringify(outcome)).not.toContain('wrong-canary');
  }
});

test('a proxy that is not there is a network fault', async () => {
  const env = {HTTP_PROXY: nobody};
  expect(await asked({endpoint: await simulator(), env})).toMatchObject({
    ok: false,
    fault: {kind: 'transient', name: 'ECONNREFUSED'},
  });
});

test('the demo’s own connection takes no notice of proxies', async () => {
  const proxy = await startProxy();
  process.env['HTTP_PROXY'] = proxy.address;
  onTestFinished(() => {
    delete process.env['HTTP_PROXY'];
  });
  expect(await asked({endpoint: await simulator()})).toMatchObject({ok: true});
  expect(proxy.asked).toEqual([]);
});

test('a certificate that nobody vouches for is a TLS fault, until AWS_CA_BUNDLE names its authority', async () => {
  const endpoint = await tlsInFrontOf(await simulator());
  expect(await asked({endpoint, env: {}})).toMatchObject({
    ok: false,
    fault: {kind: 'tls', remedy: expect.stringContaining('AWS_CA_BUNDLE') as string},
  });
  const env = {AWS_CA_BUNDLE: certificate('ca.pem')};
  expect(await asked({endpoint, env})).toMatchObject({ok: true});
});

test('NODE_EXTRA_CA_CERTS counts too, beside a CA bundle', async () => {
  const endpoint = await tlsInFrontOf(await simulator());
  const program = new URL('ask-once.ts', import.meta.url).pathname;
  // The public certificates in the bundle do not vouch for the server: what makes the call work is the extra one.
  const bundle = join(tmpdir(), `handrail-bundle-${process.pid}.pem`);
  writeFileSync(bundle, rootCertificates[0] ?? '');
  const env = {
    PATH: process.env['PATH'],
    NODE_EXTRA_CA_CERTS: certificate('ca.pem'),
    AWS_CA_BUNDLE: bundle,
  };
  const {stdout} = await promisify(execFile)(process.execPath, ['--import', 'tsx', program, endpoint], {env});
  expect(JSON.parse(stdout)).toMatchObject({ok: true});
});

test('a CA bundle that is not there or holds nothing is said by its name', async () => {
  const endpoint = await simulator();
  const empty = join(tmpdir(), `handrail-empty-${process.pid}.pem`);
  writeFileSync(empty, 'nothing');
  for (const file of [empty, '/does/not/exist.pem']) {
    expect(await asked({endpoint, env: {AWS_CA_BUNDLE: file}})).toMatchObject({
      ok: false,
      fault: {kind: 'tls', message: expect.stringContaining(file) as string},
    });
  }
});

test('nobody listens: a network fault. No such name: no endpoint', async () => {
  expect(await asked({endpoint: nobody})).toMatchObject({
    ok: false,
    fault: {kind: 'transient', name: 'ECONNREFUSED'},
  });
  const outcome = await asked({endpoint: 'http://nowhere.invalid'});
  expect(outcome).toMatchObject({
    ok: false,
    fault: {kind: expect.stringMatching(/no-endpoint|transient/) as string},
  });
});

test.each(['hang', 'stalledBody'] as const)('%s ends in the time limit', async (fault) => {
  const endpoint = await simulator({faults: [{always: true, fault}]});
  const outcome = await asked({endpoint, answerTimeoutMs: 120});
  expect(outcome).toMatchObject({ok: false, fault: {kind: 'timeout', name: 'TimeoutError'}});
});
