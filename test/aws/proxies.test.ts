import {describe, expect, test} from 'vitest';
import {proxiesIn} from '../../source/aws/connection/proxies.ts';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {startSimulator} from '../../source/simulator/server.ts';
import {asked} from './asked.ts';
import {startProxy} from './middlemen.ts';

describe('a proxy that Node would go around without a word', () => {
  test.each([
    ['without a scheme', (address: string) => address.replace('http://', '')],
    ['with slashes and no scheme', (address: string) => address.replace('http:', '')],
    ['in quotes', (address: string) => `"${address}"`],
    ['with a line’s end', (address: string) => `${address}\r\n`],
    ['in capitals', (address: string) => address.replace('http', 'HTTP')],
  ])('%s is used', async (_what, written) => {
    const simulator = await startSimulator(loadScenario('clean'));
    const proxy = await startProxy();
    try {
      const outcome = await asked({endpoint: simulator.endpoint, env: {HTTP_PROXY: written(proxy.address)}});
      expect(outcome).toMatchObject({ok: true});
      expect(proxy.asked).toEqual([`POST ${simulator.endpoint}/`]);
    } finally {
      await simulator.close();
    }
  });

  test.each(['socks5://127.0.0.1:1080', 'ftp://proxy:21', 'http://', 'two words', 'http://kim:canary@ bad'])(
    '%s is refused by its name, before anything is sent',
    async (HTTPS_PROXY) => {
      const outcome = await asked({endpoint: 'http://127.0.0.1:9', env: {HTTPS_PROXY}});
      expect(outcome).toMatchObject({
        ok: false,
        fault: {
          kind: 'proxy',
          name: 'BadProxy',
          message: expect.stringMatching(/^HTTPS_PROXY is /) as string,
        },
      });
      expect(JSON.stringify(outcome)).not.toContain('canary');
    },
  );

  test('of a Node that knows none is refused', () => {
    const env = {https_proxy: 'http://127.0.0.1:1/'};
    for (const old of ['22.20.0', '24.4.9', '23.11.0'])
      expect(() => proxiesIn(env, old)).toThrow(/cannot use a proxy/);
    for (const fit of ['22.21.0', '24.5.0', '25.0.0'])
      expect(proxiesIn(env, fit)).toEqual({HTTPS_PROXY: env.https_proxy});
    expect(proxiesIn({NO_PROXY: '*'}, '22.0.0')).toEqual({NO_PROXY: '*'});
  });
});
