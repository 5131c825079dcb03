import {readFileSync, readdirSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, it, vi} from 'vitest';
import {execute} from '../../source/runs/start-run.ts';
import {findRunbook} from '../../source/runs/runbooks/find-runbook.ts';
import type {Surroundings} from '../../source/runs/drive-run.ts';
import {readJournal} from '../../source/journal/read.ts';
import {reportOf} from '../../source/report/build/fold.ts';
import {htmlOf} from '../../source/report/html/page.ts';
import {markdownOf} from '../../source/report/markdown/markdown.ts';
import {inputValues} from '../../source/runbook/inputs.ts';
import type {FaultName} from '../../source/simulator/faults.ts';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {startSimulator} from '../../source/simulator/server.ts';
import {createJson} from '../../source/ui/plain/json-view.ts';
import {createPlain} from '../../source/ui/plain/plain-view.ts';
import type {View} from '../../source/ui/view.ts';
import {simulatedAccount, yesToAll, type SimulatedAccount} from '../support/simulated-account.ts';

let account: SimulatedAccount | undefined;

afterEach(async () => {
  vi.restoreAllMocks();
  await account?.close();
  account = undefined;
});

const role = 'arn:aws:iam::123456789012:role/images';
const device = 'arn:aws:iam::123456789012:mfa/kim';
const canaries = {
  accessKeyId: 'AKIACANARYCANARY0001',
  secretAccessKey: 'canary/secret/of/the/base/user+0123456789',
  externalId: 'canary-external-id',
  mfaCode: '424242',
};

/** Whatever comes up when calls go wrong, the answer that quotes the whole request included. */
const mishaps: FaultName[] = [
  'badSignature',
  'throttle',
  'html503',
  'reset',
  'emptyBody',
  'expiredToken',
  'serviceUnavailable',
];

/** Both line views at the same time; their texts are kept. */
function bothViews(write: (text: string) => void): View {
  const json = createJson({write});
  const plain = createPlain({write, now: Date.now});
  return {
    opening: (message) => [json, plain].forEach((view) => view.opening(message)),
    publish: (state, events) => [json, plain].forEach((view) => view.publish(state, events)),
    ask: (question, signal) => plain.ask(question, signal),
    close: async (closing) => {
      await json.close(closing);
      await plain.close(closing);
    },
  };
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, {recursive: true, encoding: 'utf8'})
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile());
}

/** Where a secret stands in a text, as a word of its own: six digits come up within a hash by themselves. */
function contextOf(text: string, secret: string): string {
  const at = text.search(new RegExp(`(?<![0-9A-Za-z])${secret.replaceAll(/[/+]/g, '\\$&')}(?![0-9A-Za-z])`));
  return at < 0 ? '' : text.slice(Math.max(0, at - 80), at + 80);
}

it('no key, token, code or signature is written anywhere, and no client says a word on the console', async () => {
  const clean = loadScenario('calm');
  const wanted = {arn: role, externalId: canaries.externalId, mfa: {serial: device, code: canaries.mfaCode}};
  account = await simulatedAccount(
    {...clean, account: {...clean.account, assumableRoles: [wanted]}},
    {
      strict: {keys: {[canaries.accessKeyId]: {secretAccessKey: canaries.secretAccessKey}}},
      faults: [{service: 'imagebuilder', share: 0.15, seed: 4, fault: mishaps}],
    },
  );
  const written: string[] = [];
  const consoles = (['log', 'info', 'warn', 'error', 'debug', 'trace'] as const).map((name) =>
    vi.spyOn(console, name).mockImplementation(() => {}),
  );
  const streams = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation(() => true),
  );
  const view = bothViews((text) => written.push(text));
  const loaded = findRunbook('delete-service-linked-role');
  let sent: string[] = [];
  const {connection} = account;
  await account.command(async (surroundings: Surroundings) => {
    const code = await execute(
      {
        loaded,
        inputs: inputValues(loaded.runbook, []),
        mode: 'live',
        simulation: false,
        regions: [],
        connection: {
          endpoint: connection.endpoint,
          credentials: {accessKeyId: canaries.accessKeyId, secretAccessKey: canaries.secretAccessKey},
          role: {arn: role, externalId: canaries.externalId, mfaSerial: device},
          mfaCode: async () => canaries.mfaCode,
        },
        answers: yesToAll,
      },
      {
        ...surroundings,
        view: {
          ...view,
          close: async (closing) => {
            await view.close(closing);
            await surroundings.view.close(closing);
          },
        },
      },
    );
    sent = account?.simulator.secrets() ?? [];
    return code;
  });
  const said = [...consoles, ...streams].flatMap(({mock}) => mock.calls);
  vi.restoreAllMocks();
  expect(said).toEqual([]);

  const [journal = ''] = filesIn(account.stateHome).filter((file) => file.endsWith('.jsonl'));
  const read = readJournal(journal);
  expect(read.events.some(({type}) => type === 'call-failed')).toBe(true);
  const report = reportOf(read);
  const everything = [
    ...written,
    markdownOf(report),
    htmlOf(report, read.events),
    ...filesIn(account.stateHome).map((file) => readFileSync(file, 'latin1')),
  ].join('\n');
  expect(everything).toContain('does not match');
  expect(sent.length).toBeGreaterThan(2);
  for (const secret of [...Object.values(canaries), ...sent]) expect(contextOf(everything, secret)).toBe('');
  expect(everything).not.toMatch(/Signature=[0-9a-f]|x-amz-security-token:\w/i);
});

it('an error before the run holds no secret either', async () => {
  const simulator = await startSimulator(loadScenario('clean'), {
    faults: [{always: true, fault: 'badSignature'}],
  });
  account = await simulatedAccount('clean');
  const loaded = findRunbook('delete-service-linked-role');
  const token = `canary${'T'.repeat(200)}`;
  const {closing} = await account.command((surroundings) =>
    execute(
      {
        loaded,
        inputs: inputValues(loaded.runbook, []),
        mode: 'live',
        simulation: false,
        regions: [],
        connection: {
          endpoint: simulator.endpoint,
          credentials: {
            accessKeyId: canaries.accessKeyId,
            secretAccessKey: canaries.secretAccessKey,
            sessionToken: token,
          },
        },
        answers: yesToAll,
      },
      surroundings,
    ),
  );
  await simulator.close();
  expect(closing.error).toContain('does not match');
  for (const secret of [token, canaries.accessKeyId, canaries.secretAccessKey]) {
    expect(closing.error).not.toContain(secret);
  }
});
