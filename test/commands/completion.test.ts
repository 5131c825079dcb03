import {execFileSync, spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
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
  for (const shell of ['zsh', 'fish']) writeFileSync(join(folder, shell), scripts[shell] ?? '');
  writeFileSync(join(folder, 'credentials'), '[prod]\n[größe] ; remark\n');
  writeFileSync(
    join(folder, 'config'),
    '[default]\n[profile prod]\nregion = x\n[profile "my-dev"]\n[profile \'my dev\']\n[sso-session s]\n',
  );
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const files = {
  AWS_CONFIG_FILE: join(folder, 'config'),
  AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
};
const env = {...process.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', ...files};

const ownInputs = `handrail: 1
name: own
title: Own
inputs:
  size: {type: string, enum: [small, large, 'very large', '$(touch "$FOLDER/hurt")']}
  count: {type: number}
  sure: {type: boolean}
steps:
  - {id: a, title: A, assert: {that: '\${{ inputs.sure }}', message: no}}
`;
beforeAll(() => {
  writeFileSync(join(folder, 'own.yaml'), ownInputs);
  writeFileSync(join(folder, 'my own.yaml'), ownInputs);
  writeFileSync(join(folder, 'bad.yaml'), 'handrail: [');
});

/** Defines `handrail` in a shell: what is on the PATH is another one, or none. */
const defined = `handrail() { ${wholeProgram.map((word) => `'${word}'`).join(' ')} "$@"; }`;

/** What bash offers after words that it has cut as it does, at "=" too. */
function offered(...words: readonly string[]): readonly string[] {
  const script = `${defined}; source "$0"; cd "$FOLDER"; COMP_WORDS=(handrail "$@"); COMP_CWORD=$#; _handrail; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', script, join(folder, 'script'), ...words], {
    encoding: 'utf8',
    env: {...env, FOLDER: folder},
  })
    .split('\n')
    .filter((word) => word !== '');
}

it.each([
  ['an input’s value', ['run', 'x', '--input', 'pipelines', '=', 'd'], ['delete']],
  ['an input’s values', ['run', 'x', '--input', 'pipelines', '='], ['manual', 'delete']],
  ['an input’s value, joined', ['run', 'x', '--input', '=', 'pipelines', '=', 'm'], ['manual']],
  ['an input’s name', ['run', 'x', '--input', 'pipel'], ['pipelines=manual', 'pipelines=delete']],
  [
    'the inputs of a file',
    ['run', './own.yaml', '--input', ''],
    ['size=small', 'size=large', 'size=', 'count=', 'sure=true', 'sure=false'],
  ],
  [
    'an input of a file in quotes',
    ['run', '--plan', '"my own.yaml"', '--input', 'si'],
    ['size=small', 'size=large', 'size='],
  ],
  ['an input of a file, joined', ['run', 'own.yaml', '--input', '=', 'size', '=', 'l'], ['large']],
  [
    'the inputs of a runbook of the library',
    ['run', 'disable-eventbridge-rules', '--input', ''],
    ['target='],
  ],
  [
    'the shipped inputs where a file is bad',
    ['run', 'bad.yaml', '--input', 'pipel'],
    ['pipelines=manual', 'pipelines=delete'],
  ],
  ['a Region', ['run', 'x', '--region', 'eu-west-'], ['eu-west-1', 'eu-west-2', 'eu-west-3']],
  ['a Region, joined', ['run', 'x', '--region', '=', 'il-'], ['il-central-1']],
  ['a Region to look at alone', ['run', 'x', '--only-region', 'il-'], ['il-central-1']],
  ['a Region to waive', ['resume', '--waive', 'il-'], ['il-central-1']],
  [
    'profiles of both files',
    ['run', 'x', '--profile', ''],
    ['default', String.raw`my\ dev`, 'my-dev', 'prod', 'größe'],
  ],
  ['a profile with a space', ['run', 'x', '--profile', String.raw`my\ `], [String.raw`my\ dev`]],
  ['a profile in an open quote', ['run', 'x', '--profile', '"my d'], ['my dev']],
  ['a profile, joined', ['run', 'x', '--profile', '=', 'pr'], ['prod']],
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

/** The words by which each shell is asked for the names of profiles; undefined where it is not installed. */
const inShell: Record<string, string> = {
  fish: 'source $FOLDER/fish; complete -C "handrail run x --profile " | string split -f 1 \\t',
  zsh: 'compadd() { print -l -- "${(P@)2}" }; compdef() { : }; source $FOLDER/zsh; _handrail_profiles',
};

it.each(Object.entries(inShell))(
  '%s offers the profiles of both files, where it is installed',
  (shell, words) => {
    if (spawnSync(shell, ['--version']).error !== undefined) return;
    const offers = (more: NodeJS.ProcessEnv): readonly string[] =>
      execFileSync(shell, ['-c', words], {
        encoding: 'utf8',
        env: {...env, FOLDER: folder, HOME: folder, ...more},
      })
        .split('\n')
        .filter((name) => name !== '');
    expect(offers({}).toSorted()).toEqual(['default', 'größe', 'my dev', 'my-dev', 'prod'].toSorted());
    // To read a pipe would never end.
    const fifo = join(folder, `fifo-for-${shell}`);
    execFileSync('mkfifo', [fifo]);
    expect(offers({AWS_CONFIG_FILE: fifo}).toSorted()).toEqual(['größe', 'prod'].toSorted());
  },
);

it('runs nothing that a runbook has in its inputs', () => {
  expect(existsSync(join(folder, 'hurt'))).toBe(false);
});

it.each([
  [
    'fish',
    `function handrail; ${wholeProgram.map((word) => `'${word}'`).join(' ')} $argv; end; source $FOLDER/fish; complete -C "handrail run ./own.yaml --input " | string split -f 1 \\t`,
  ],
  [
    'zsh',
    `${defined}; compadd() { print -l -- "\${@:#-*}" }; compdef() { : }; source $FOLDER/zsh
     words=(run ./own.yaml --plan --input ''); CURRENT=5; program=handrail; _handrail_inputs`,
  ],
])('%s offers the inputs of a file, where it is installed', (shell, script) => {
  if (spawnSync(shell, ['--version']).error !== undefined) return;
  const said = execFileSync(shell, ['-c', script], {
    encoding: 'utf8',
    cwd: folder,
    env: {...env, FOLDER: folder, HOME: folder},
  });
  const offers = said.split('\n').filter((word) => word !== '');
  expect(offers.toSorted()).toEqual(
    ['count=', 'size=', 'size=large', 'size=small', 'sure=false', 'sure=true'].toSorted(),
  );
});
