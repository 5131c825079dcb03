import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {mkdirSync, mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {certificate} from '../middlemen.ts';
import {signIn} from '../signed-in.ts';
import {containerToken} from './machine-answers.ts';
import type {Recorder} from './recorder.ts';
import type {Row} from './row.ts';

/** A home in which somebody is signed in everywhere, with a folder of files for each row. */
export function makeHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'handrail-matrix-'));
  for (const session of ['corp', 'my corp', 'https://x.awsapps.com/start']) signIn(home, session);
  writeFileSync(join(home, 'token'), 'a-web-identity');
  writeFileSync(join(home, 'container-token'), containerToken);
  const logins = join(home, '.aws', 'login', 'cache');
  mkdirSync(logins, {recursive: true});
  const session = createHash('sha256').update('arn:aws:iam::123456789012:user/kim').digest('hex');
  writeFileSync(join(logins, `${session}.json`), JSON.stringify(login));
  return home;
}

const login = {
  accessToken: {
    accessKeyId: 'ASIALOGIN',
    secretAccessKey: 's',
    sessionToken: 'token-of-ASIALOGIN',
    accountId: '123456789012',
    expiresAt: '2099-01-01T00:00:00Z',
  },
  tokenType: 'urn:aws:params:oauth:token-type:access_token_sigv4',
  refreshToken: 'r',
  idToken: 'i',
  clientId: 'arn:aws:signin:::devtools/same-device',
  dpopKey: '-----BEGIN EC PRIVATE KEY-----\nMHcC\n-----END EC PRIVATE KEY-----\n',
};

/** Writes a row's files into a home (nobody writes to a FIFO: who opens it waits for ever), and returns the environment in which it is tried. `name`: its name at the recorder. */
export function environmentOf(row: Row, name: string, home: string, recorder: Recorder): NodeJS.ProcessEnv {
  const folder = join(home, name);
  mkdirSync(folder, {recursive: true});
  const fifo = join(folder, 'fifo');
  if (Object.values(row.env).includes('{fifo}')) execFileSync('mkfifo', [fifo]);
  const places: Readonly<Record<string, string>> = {
    ca: certificate('aws-names.pem'),
    home,
    folder,
    fifo,
    ...recorder.machine,
  };
  const filled = (text: string): string => text.replaceAll(/\{(\w+)\}/g, (all, key) => places[key] ?? all);
  writeFileSync(join(folder, 'config'), filled(row.config));
  writeFileSync(join(folder, 'credentials'), filled(row.credentials));
  const given: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    HOME: home,
    LANG: 'C.UTF-8',
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CA_BUNDLE: '{ca}',
    AWS_MAX_ATTEMPTS: '1',
    AWS_PAGER: '',
    HTTPS_PROXY: recorder.proxy(name),
    HTTP_PROXY: recorder.proxy(name),
    NO_PROXY: '127.0.0.1',
    ...row.env,
  };
  const set = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(set.map(([key, value]) => [key, filled(value ?? '')]));
}
