import {existsSync, mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, onTestFinished, test, vi} from 'vitest';
import {awsPort} from '../../source/aws/call/aws-port.ts';
import {Connection} from '../../source/aws/connection/connection.ts';
import type {CallOutcome} from '../../source/engine/model/ports.ts';
import {startKeyRecorder} from './key-recorder.ts';

const minuteMs = 60_000;
const start = Date.now();
/** Only the time of day stands still: what is waited for takes as long as it takes. */
beforeEach(() => vi.useFakeTimers({toFake: ['Date'], now: start}));
afterEach(() => vi.useRealTimers());

const until = (minute: number): string => new Date(start + minute * minuteMs).toISOString();
const at = (minute: number): void => void vi.setSystemTime(start + minute * minuteMs);

const keys = (id: string, minute: number): string =>
  `echo '{"Version":1,"AccessKeyId":"${id}","SecretAccessKey":"s","Expiration":"${until(minute)}"}'`;

/** A profile whose process gives AKIAOLD for an hour, and from then on does what `renewal` says. */
async function connected(renewal: string) {
  const recorder = await startKeyRecorder();
  const folder = mkdtempSync(join(tmpdir(), 'handrail-renewal-'));
  const started = join(folder, 'started');
  writeFileSync(
    join(folder, 'keys.sh'),
    `cd ${folder}\necho x >> started\nif [ $(wc -l < started) = 1 ]; then ${keys('AKIAOLD', 60)}; exit; fi
${renewal}\n${keys('AKIANEW', 120)}\n`,
  );
  writeFileSync(
    join(folder, 'config'),
    `[default]\nregion = us-east-1\ncredential_process = sh ${folder}/keys.sh\n`,
  );
  const env = {
    PATH: process.env['PATH'],
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_ENDPOINT_URL: recorder.endpoint,
  };
  const connection = new Connection({env});
  onTestFinished(() => connection.close());
  const port = awsPort(connection);
  return {
    ask: (): Promise<CallOutcome> =>
      port.call({operation: 'sts:GetCallerIdentity', input: {}}, new AbortController().signal),
    keysOfCalls: () => recorder.signed.map((line) => line.split(' ')[0]),
    starts: () => (existsSync(started) ? readFileSync(started, 'utf8').trim().split('\n').length : 0),
    failed: () => existsSync(join(folder, 'failed')),
    release: () => writeFileSync(join(folder, 'go'), ''),
  };
}

test('keys serve until they end while a credential_process hangs over new ones; after that it is waited for', async () => {
  const {ask, keysOfCalls, starts, release} = await connected(
    'while [ ! -e go ]; do sleep 0.05 || exit; done',
  );
  await ask();
  at(57);
  for (let calls = 0; calls < 3; calls += 1) expect(await ask()).toMatchObject({ok: true});
  expect(keysOfCalls()).toEqual(['AKIAOLD', 'AKIAOLD', 'AKIAOLD', 'AKIAOLD']);
  at(61);
  const late = ask();
  release();
  expect(await late).toMatchObject({ok: true});
  expect(keysOfCalls().at(-1)).toBe('AKIANEW');
  expect(starts()).toBe(2);
});

test('a credential_process that fails is not asked with each call while the keys are valid, and counts once they end', async () => {
  const {ask, keysOfCalls, starts, failed} = await connected('touch failed; echo "locked" >&2; exit 1');
  await ask();
  at(57);
  expect(await ask()).toMatchObject({ok: true});
  while (!failed()) await new Promise((resolve) => setTimeout(resolve, 50));
  for (let calls = 0; calls < 20; calls += 1) expect(await ask()).toMatchObject({ok: true});
  expect(starts()).toBe(2);
  expect(new Set(keysOfCalls())).toEqual(new Set(['AKIAOLD']));
  at(61);
  expect(await ask()).toMatchObject({
    ok: false,
    fault: {message: expect.stringContaining('locked') as string},
  });
});
