import {execFile} from 'node:child_process';
import {copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {wholeProgram} from '../support/whole-program.ts';

let stateHome: string;
const accounts = join(mkdtempSync(join(tmpdir(), 'handrail-accounts-')), 'accounts.yaml');
writeFileSync(
  accounts,
  "handrail: 1\naccounts: [{id: '200000000005', name: a}]\nnever: {accounts: ['200000000005']}\n",
);
beforeAll(() => {
  stateHome = mkdtempSync(join(tmpdir(), 'handrail-ascii-'));
  mkdirSync(join(stateHome, 'handrail'));
  const relapse = join(import.meta.dirname, '../fixtures/relapse.jsonl');
  copyFileSync(relapse, join(stateHome, 'handrail/20261122-120000-k3v9.jsonl'));
});
afterAll(() => rmSync(stateHome, {recursive: true, force: true}));

function printed(argv: readonly string[], LANG: string): Promise<Buffer> {
  const [file = '', ...rest] = [...wholeProgram, ...argv];
  const env = {...process.env, LC_ALL: '', LC_CTYPE: '', LANG, XDG_STATE_HOME: stateHome};
  return new Promise((resolve) => {
    execFile(file, rest, {env, encoding: 'buffer'}, (_, stdout, stderr) =>
      resolve(Buffer.concat([stdout, stderr])),
    );
  });
}

const beyondAscii = (bytes: Buffer): string => bytes.toString('utf8').replace(/\p{ASCII}+/gu, '');

describe('a terminal without UTF-8', () => {
  it.each(
    [
      ['replay', 'latest'],
      ['watch', 'latest'],
      ['runs'],
      ['verify', 'latest'],
      ['list'],
      ['show', 'delete-service-linked-role'],
      ['check', 'delete-service-linked-role'],
      ['test', join(import.meta.dirname, '../../runbooks/tests/restore-schedules.test.yaml')],
      [
        'test',
        '--format',
        'text',
        join(import.meta.dirname, '../../runbooks/tests/restore-schedules.test.yaml'),
      ],
      ['fleet', 'accounts', '--accounts', accounts],
      ['help', 'run'],
      ['run', 'nothing-of-that-name'],
    ].map((argv) => [argv.slice(0, 2).join(' ').slice(0, 30), argv] as const),
  )('%s is printed in ASCII', async (_, argv) => {
    const bytes = await printed(argv, 'C');
    expect(bytes.length).toBeGreaterThan(0);
    expect(beyondAscii(bytes)).toBe('');
  });

  it('is the only reason to give up the signs', async () => {
    expect(beyondAscii(await printed(['replay', 'latest'], 'C.UTF-8'))).toContain('✓');
  });
});
