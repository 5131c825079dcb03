import {existsSync, mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {startSimulator} from '../../source/simulator/server.ts';
import {handrail, isAlive, Pty, until} from './pty.ts';

const timeout = 600_000;

let pty: Pty;
afterEach(() => pty.close());

/** Where a process of the test writes its own id and that of its child. */
function pidsIn(file: string): readonly number[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean).map(Number) : [];
}

/** A home whose profile `prod` runs a script for its keys; the script may write its ids to `$PIDS`. */
function homeWith(script: string): {readonly env: Readonly<Record<string, string>>; readonly pids: string} {
  const home = mkdtempSync(join(tmpdir(), 'handrail-process-'));
  const pids = join(home, 'pids');
  writeFileSync(join(home, 'keys.sh'), `PIDS=${pids}\n${script}`);
  writeFileSync(
    join(home, 'config'),
    `[profile prod]\nregion = us-east-1\ncredential_process = bash ${join(home, 'keys.sh')}\n`,
  );
  const env = {
    AWS_CONFIG_FILE: join(home, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  };
  return {env, pids};
}

/** Asks for something, has a child, and never ends. */
const hanging = 'sleep 900 & printf "%s\\n" $$ $! > $PIDS; echo "Touch your YubiKey" >&2; wait\n';
/** The same, deaf to a polite end. */
const deaf = `trap "" TERM\n${hanging}`;

async function started(script: string, options = ''): Promise<readonly number[]> {
  const {env, pids} = homeWith(script);
  pty = new Pty(100, 24, env);
  await pty.shows('shell> ');
  pty.press(
    `clear; ${handrail} run delete-service-linked-role --profile prod ${options}; echo "left with $?"\r`,
  );
  await pty.shows('Waiting for credential_process of profile prod: Touch your YubiKey');
  const found = pidsIn(pids);
  expect(found).toHaveLength(2);
  expect(found.every(isAlive)).toBe(true);
  return found;
}

async function allGone(pids: readonly number[]): Promise<void> {
  await until(
    () => !pids.some(isAlive),
    () => 'a process was left behind',
  );
}

describe('a credential_process that hangs before the run', () => {
  test.each([
    ['Ctrl-C', '\u0003', hanging],
    ['q', 'q', hanging],
    ['Ctrl-C, with a process that is deaf to SIGTERM', '\u0003', deaf],
  ])(
    'is named, and %s leaves it and its children behind dead',
    async (_what, key, script) => {
      const pids = await started(script);
      pty.press(key);
      await pty.shows('left with 130');
      expect(pty.text).toContain('interrupted before the run began: nothing was changed');
      await allGone(pids);
    },
    timeout,
  );

  test.each(['SIGTERM', 'SIGHUP'] as const)(
    '%s ends it',
    async (signal) => {
      const pids = await started(hanging);
      const [pid = 0] = pty.children;
      process.kill(pid, signal);
      await pty.shows('left with 130');
      await allGone(pids);
    },
    timeout,
  );

  test(
    'a terminal that goes away ends it',
    async () => {
      const pids = await started(hanging);
      const [pid = 0] = pty.children;
      pty.hangUp();
      await allGone([...pids, pid]);
    },
    timeout,
  );

  test(
    'a log names it too, and SIGTERM ends it',
    async () => {
      const pids = await started(hanging, '| cat');
      const [pid = 0] = pty.children;
      process.kill(pid, 'SIGTERM');
      await allGone(pids);
    },
    timeout,
  );
});

describe('a credential_process that hangs in the middle of a run', () => {
  test(
    'does not hold up Ctrl-C, and the run can be resumed',
    async () => {
      const simulator = await startSimulator(loadScenario('clean'));
      // Keys that live for two seconds are asked for again and again; once the run has begun that hangs.
      const script = `if [ -e $PIDS.hang ]; then ${hanging.trim()}; fi
END=$(date -u -d "+2 seconds" +%Y-%m-%dT%H:%M:%SZ)
echo '{"Version":1,"AccessKeyId":"AKIA","SecretAccessKey":"s","SessionToken":"t","Expiration":"'$END'"}'
`;
      const {env, pids} = homeWith(script);
      pty = new Pty(100, 24, {...env, AWS_ENDPOINT_URL: simulator.endpoint});
      try {
        await pty.shows('shell> ');
        pty.press(
          `clear; ${handrail} run delete-service-linked-role --profile prod --region us-east-1; echo "left with $?"\r`,
        );
        await pty.shows('AWSServiceRoleForImageBuilder to');
        // The question takes keys once its field is there.
        await pty.shows(' > ');
        writeFileSync(`${pids}.hang`, '');
        pty.press('AWSServiceRoleForImageBuilder');
        await pty.shows('> AWSServiceRoleForImageBuilder');
        pty.press('\r');
        await pty.shows('Waiting for credential_process of profile prod: Touch your YubiKey');
        const found = pidsIn(pids);
        pty.press('\u0003');
        await pty.shows('left with 130');
        await allGone(found);
        const {events} = pty.journal();
        expect(events.find(({type}) => type === 'interrupted')).toMatchObject({signal: 'SIGINT'});
        const failed = events.filter(({type}) => type === 'call-failed');
        expect(failed.length).toBeGreaterThan(0);
        for (const one of failed) expect(one).toMatchObject({held: true, fault: {name: 'WaitInterrupted'}});
      } finally {
        await simulator.close();
      }
    },
    timeout,
  );
});
