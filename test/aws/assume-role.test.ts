import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {awsPort} from '../../source/aws/call/aws-port.ts';
import {Connection, type ConnectionOptions} from '../../source/aws/connection/connection.ts';
import {startKeyRecorder} from './key-recorder.ts';
import {startProxy} from './middlemen.ts';

const arn = 'arn:aws:iam::123456789012:role/ops';
const keys = 'aws_access_key_id = AKIABASE\naws_secret_access_key = s\n';

/** The same role, taken on by the profile itself and by `--role-arn` on top of it. */
const ways: readonly [string, string, ConnectionOptions][] = [
  ['a profile’s role_arn', `role_arn = ${arn}\nsource_profile = base\n`, {}],
  ['--role-arn', keys, {role: {arn}}],
];

/** What comes of a call by the profile `ops`, which has these settings. */
async function askedAs(
  settings: string,
  more: string,
  options: ConnectionOptions,
  env: NodeJS.ProcessEnv = {},
) {
  const file = join(mkdtempSync(join(tmpdir(), 'handrail-role-')), 'config');
  writeFileSync(file, `[profile base]\n${keys}[profile ops]\nregion = us-east-1\n${settings}${more}`);
  const files = {AWS_CONFIG_FILE: file, AWS_SHARED_CREDENTIALS_FILE: '/dev/null'};
  const connection = new Connection({...options, profile: 'ops', env: {...files, ...env}});
  onTestFinished(() => connection.close());
  const request = {operation: 'sts:GetCallerIdentity', input: {}};
  return awsPort(connection).call(request, new AbortController().signal);
}

describe.each(ways)('%s is taken on where the profile says', (_way, settings, options) => {
  test.each([
    ['its endpoint_url', (endpoint: string) => `endpoint_url = ${endpoint}\n`],
    [
      'its services section',
      (endpoint: string) => `services = mine\n[services mine]\nsts =\n  endpoint_url = ${endpoint}\n`,
    ],
  ])('%s', async (_what, where) => {
    const {endpoint, signed} = await startKeyRecorder();
    expect(await askedAs(settings, where(endpoint), options)).toMatchObject({ok: true});
    expect(signed).toEqual(['AKIABASE AssumeRole', 'ASIAOPS GetCallerIdentity']);
  });

  test.each([
    ['use_fips_endpoint', 'sts-fips.us-east-1.amazonaws.com'],
    ['use_dualstack_endpoint', 'sts.us-east-1.api.aws'],
  ])('its %s', async (setting, host) => {
    const proxy = await startProxy('wanted, so that nothing leaves this host');
    const outcome = await askedAs(settings, `${setting} = true\n`, options, {HTTPS_PROXY: proxy.address});
    expect(outcome).toMatchObject({ok: false, fault: {kind: 'proxy'}});
    expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT ${host}:443`]));
  });
});
