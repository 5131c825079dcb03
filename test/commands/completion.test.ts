import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {wholeProgram} from '../support/whole-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'handrail-completion-'));
const scripts: Record<string, string> = {};

beforeAll(() => {
  const [program, ...words] = wholeProgram;
  for (const shell of ['bash', 'zsh', 'fish']) {
    scripts[shell] = execFileSync(program, [...words, 'completion', shell], {encoding: 'utf8'});
  }
  writeFileSync(join(folder, 'script'), scripts['bash'] ?? '');
  writeFileSync(
    join(folder, 'config'),
    '[default]\n[profile prod]\nregion = x\n[profile "my-dev"]\n[sso-session s]\n',
  );
}, 120_000);
afterAll(() => rmSync(folder, {recursive: true, force: true}));

/** What bash offers after words that it has cut as it does, at "=" too. */
function offered(...words: readonly string[]): readonly string[] {
  const script = `source "$0"; COMP_WORDS=(handrail "$@"); COMP_CWORD=$#; _handrail; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const env = {
    ...process.env,
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  };
  return execFileSync('bash', ['-c', script, join(folder, 'script'), ...words], {encoding: 'utf8', env})
    .split('\n')
    .filter((word) => word !== '');
}

it.each([
  ['an input’s value', ['run', 'x', '--input', 'pipelines', '=', 'd'], ['delete']],
  ['an input’s values', ['run', 'x', '--input', 'pipelines', '='], ['manual', 'delete']],
  ['an input’s value, joined', ['run', 'x', '--input', '=', 'pipelines', '=', 'm'], ['manual']],
  ['an input’s name', ['run', 'x', '--input', 'pipel'], ['pipelines=manual', 'pipelines=delete']],
  ['a Region', ['run', 'x', '--region', 'eu-west-'], ['eu-west-1', 'eu-west-2', 'eu-west-3']],
  ['a Region, joined', ['run', 'x', '--region', '=', 'il-'], ['il-central-1']],
  ['a Region to look at alone', ['run', 'x', '--only-region', 'il-'], ['il-central-1']],
  ['a Region to waive', ['resume', '--waive', 'il-'], ['il-central-1']],
  ['a profile', ['run', 'x', '--profile', ''], ['default', 'my-dev', 'prod']],
  ['a format', ['report', 'latest', '--format', ''], ['cast', 'html', 'json', 'md']],
  ['nothing for a text', ['run', 'x', '--confirm', ''], []],
  ['a command', ['unde'], []],
  ['a runbook', ['run', 'delete-s'], ['delete-service-linked-role']],
  ['a runbook of the library', ['run', 'delete-ec'], ['delete-ecs-service-linked-role']],
])('bash offers %s', (_, words, wanted) => {
  expect(offered(...words).toSorted()).toEqual(wanted.toSorted());
});

it('zsh and fish are given the same values', () => {
  for (const shell of ['zsh', 'fish']) {
    const script = scripts[shell] ?? '';
    for (const word of ['pipelines=delete', 'eu-west-3', 'md html json cast', '_handrail_profiles']) {
      expect(script).toContain(word);
    }
  }
});
