import {
  profilesBySed,
  stateFolder,
  type CompletedCommand,
  type CompletedOption,
  type Words,
} from './words.ts';

/** A completion script for fish, to be sourced or kept as `completions/handrail.fish`. */
export function fishScript({commands, runbooks, inputs}: Words): string {
  const names = commands.map(({name}) => name).join(' ');
  return `# Completion of handrail for fish. Use: handrail completion fish | source
function __handrail_runs
  echo latest
  for file in ${stateFolder.fish}/*.jsonl
    basename $file .jsonl
  end
end
function __handrail_profiles
  set -l config $HOME/.aws/config
  set -q AWS_CONFIG_FILE; and set config $AWS_CONFIG_FILE
  set -l credentials $HOME/.aws/credentials
  set -q AWS_SHARED_CREDENTIALS_FILE; and set credentials $AWS_SHARED_CREDENTIALS_FILE
  test -f $config; and sed -n "${profilesBySed.config}" $config 2> /dev/null
  test -f $credentials; and sed -n "${profilesBySed.credentials}" $credentials 2> /dev/null
end
function __handrail_inputs
  set -l typed (commandline -opc)
  set -l words (string match -v -- '-*' $typed[3..-1] | string replace -r '^~/' $HOME/)
  $typed[1] completion inputs -- $words < /dev/null 2> /dev/null; or printf '%s\\n' ${inputs.join(' ')}
end
complete -c handrail -n 'not __fish_seen_subcommand_from ${names}' -f
${commands.map((command) => linesOf(command, names, runbooks).join('\n')).join('\n')}
`;
}

function linesOf(
  {name, purpose, options, argument}: CompletedCommand,
  names: string,
  runbooks: readonly string[],
): readonly string[] {
  const here = `complete -c handrail -n '__fish_seen_subcommand_from ${name}'`;
  const words = wordsFor(argument, runbooks);
  return [
    `complete -c handrail -n 'not __fish_seen_subcommand_from ${names}' -a ${name} -d ${quoted(purpose)}`,
    ...options.map(
      (option) =>
        `${here} -l ${option.name.slice(2)}${option.takesValue ? valuesFor(option.values) : ''} -d ${quoted(option.help)}`,
    ),
    ...(words === undefined ? (argument === 'file' ? [] : [`${here} -f`]) : [`${here} -a ${words}`]),
  ];
}

function valuesFor(values: CompletedOption['values']): string {
  if (values === 'files') return ' -r';
  if (values === 'profiles') return " -x -a '(__handrail_profiles)'";
  if (values === 'inputs') return " -x -a '(__handrail_inputs)'";
  return values.length === 0 ? ' -x' : ` -x -a ${quoted(values.join(' '))}`;
}

function wordsFor(argument: CompletedCommand['argument'], runbooks: readonly string[]): string | undefined {
  if (argument === 'runbook') return quoted(runbooks.join(' '));
  if (argument === 'run') return "'(__handrail_runs)'";
  return argument === 'shell' ? "'bash zsh fish'" : undefined;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;
}
