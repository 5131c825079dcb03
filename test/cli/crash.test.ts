import {spawnSync} from 'node:child_process';
import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {afterAll, describe, expect, it} from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'handrail-crash-'));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const crash = resolve(import.meta.dirname, '../../source/cli/crash.ts');
const logging = resolve(import.meta.dirname, '../../source/log/log.ts');
const script = join(folder, 'crashes.mts');
writeFileSync(
  script,
  `import {surviveCrash} from ${JSON.stringify(crash)};
import {openLog} from ${JSON.stringify(logging)};
surviveCrash(process.env);
if (process.env.LOG !== undefined) openLog(process.env.LOG);
process.on('exit', () => process.stderr.write('the terminal is given back\\n'));
if (process.argv[2] === 'late') setTimeout(() => { throw new TypeError('x is \\x1b[31mnot\\nthere'); }, 1);
else await Promise.reject(new TypeError('x is \\x1b[31mnot\\nthere'));
`,
);

function crashed(
  how: string,
  state: string,
  env: NodeJS.ProcessEnv = {},
): {readonly status: number | null; readonly lines: readonly string[]} {
  const {status, stderr} = spawnSync(process.execPath, ['--import', 'tsx', script, how], {
    env: {...process.env, ...env, XDG_STATE_HOME: state},
    encoding: 'utf8',
  });
  return {status, lines: stderr.trimEnd().split('\n')};
}

describe('a mistake in Handrail itself', () => {
  it.each(['late', 'in a promise'])(
    'is said in two lines behind the screen, %s, with the way on; the stack is in a file for its owner alone',
    (how) => {
      const state = join(folder, how.replaceAll(' ', '-'));
      const {status, lines} = crashed(how, state);
      const crashes = join(state, 'handrail/crashes');
      const [file = ''] = readdirSync(crashes);
      expect(lines).toEqual([
        'the terminal is given back',
        'handrail: a mistake in Handrail itself ended it, not AWS and not you: TypeError: x is \ufffdnot',
        `The details are in ${join(crashes, file)}. All that was done is in the journal: handrail runs lists it, and handrail resume goes on.`,
      ]);
      expect(status).toBe(70);
      expect(readFileSync(join(crashes, file), 'utf8')).toMatch(
        /^handrail .*\nTypeError: x is .*\n[^]*at .*crashes\.mts/,
      );
    },
  );

  it('names the log, where there is one, and is in it', () => {
    const file = join(folder, 'my.log');
    const {lines} = crashed('late', join(folder, 'logged'), {LOG: file});
    expect(lines.at(-1)).toContain(`. The log of it is in ${file}. All that was done is in the journal`);
    expect(readFileSync(file, 'utf8')).toMatch(/^\S+Z crashed error=TypeError\n$/);
  });

  it('is said where no file can be written, too', () => {
    const {status, lines} = crashed('late', '/proc/none');
    expect(lines.at(-1)).toMatch(/^No file could be written about it\. All that was done is in the journal/);
    expect(status).toBe(70);
  });
});
