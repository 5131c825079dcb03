import {execFile} from 'node:child_process';
import {copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {wholeProgram} from '../support/whole-program.ts';

let stateHome: string;
beforeAll(() => {
  stateHome = mkdtempSync(join(tmpdir(), 'handrail-output-'));
  mkdirSync(join(stateHome, 'handrail'));
  const relapse = join(import.meta.dirname, '../fixtures/relapse.jsonl');
  copyFileSync(relapse, join(stateHome, 'handrail/20261122-120000-k3v9.jsonl'));
});
afterAll(() => rmSync(stateHome, {recursive: true, force: true}));

/** Runs Handrail in a shell, its output going where `redirected` says. Resolves with its exit code and its stderr. */
function run(redirected: string, argv: readonly string[]): Promise<{code: number; said: string}> {
  const script = `exec 3>&1; "$@" 2>&3 ${redirected}; echo "code \${PIPESTATUS[0]}"`;
  return new Promise((resolve, reject) => {
    execFile(
      'bash',
      ['-c', script, 'bash', ...wholeProgram, ...argv],
      {env: {...process.env, XDG_STATE_HOME: stateHome}},
      (error, stdout) => {
        const [said = '', code] = stdout.split(/code (\d+)\n$/);
        if (error === null) resolve({code: Number(code), said});
        else reject(error);
      },
    );
  });
}

/** What prints. The few that CI starts have a printer each; `npm run test:starts` starts them all. */
const all: readonly (readonly string[])[] = [
  ['--help'],
  ['--version'],
  ['run', '--help'],
  ['schema'],
  ['schema', '--reference'],
  ['check', 'delete-service-linked-role'],
  ['permissions', 'delete-service-linked-role'],
  ['completion', 'bash'],
  ['list'],
  ['show', 'delete-service-linked-role'],
  ['config'],
  ['licenses'],
  ['runs'],
  ['runs', '--json'],
  ['verify', 'latest'],
  ['replay', 'latest'],
  ['report', 'latest'],
  ['report', 'latest', '--format', 'html'],
];
const few = ['--version', 'schema', 'check', 'list', 'runs', 'replay', 'report'];
const printing =
  process.env['HANDRAIL_MATRIX'] === 'all'
    ? all
    : few.flatMap((name) => [all.find(([first]) => first === name) ?? []]);

describe('a command whose reader has gone', () => {
  it.each(printing.map((argv) => [argv.join(' '), argv] as const))(
    '%s ends quietly, as if all had been read',
    async (_, argv) => {
      expect(await run('| true', argv)).toEqual({code: 0, said: ''});
    },
  );

  it('demo ends quietly, as at a hang-up', async () => {
    expect(await run('| head -1 > /dev/null', ['demo'])).toEqual({code: 130, said: ''});
    expect(await run('| head -1 > /dev/null', ['demo', '--json'])).toEqual({code: 130, said: ''});
  });

  it('keeps its exit code, and nothing is lost where both outputs are gone', async () => {
    const script = '"$@" 2>&1 | true; exit ${PIPESTATUS[0]}';
    const argv = [...wholeProgram, 'check', join(stateHome, 'handrail/20261122-120000-k3v9.jsonl')];
    const error = await new Promise<{code?: unknown} | null>((resolve) => {
      execFile('bash', ['-c', script, 'bash', ...argv], (thrown) => resolve(thrown));
    });
    expect(error?.code).toBe(2);
  });
});

describe.skipIf(!existsSync('/dev/full'))('a command whose output goes to a full disk', () => {
  it.each(printing.map((argv) => [argv.join(' '), argv] as const))(
    '%s says so in a line and fails',
    async (_, argv) => {
      expect(await run('> /dev/full', argv)).toEqual({
        code: 1,
        said: 'handrail: standard output cannot be written: ENOSPC\n',
      });
    },
  );
});
