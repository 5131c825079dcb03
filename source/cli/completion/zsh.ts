import {
  profilesBySed,
  stateFolder,
  type CompletedCommand,
  type CompletedOption,
  type Words,
} from './words.ts';

/** A completion script for zsh, to be put on its fpath as `_handrail` or to be sourced. */
export function zshScript({commands, runbooks, inputs}: Words): string {
  return `#compdef handrail
# Completion of handrail for zsh. Use: source <(handrail completion zsh), after compinit
_handrail_runs() {
  local -a runs
  runs=(latest "${stateFolder.posix}"/*.jsonl(N:t:r))
  compadd -a runs
  _files -g '*.jsonl'
}
_handrail_profiles() {
  local config="\${AWS_CONFIG_FILE:-$HOME/.aws/config}" credentials="\${AWS_SHARED_CREDENTIALS_FILE:-$HOME/.aws/credentials}"
  local -aU profiles
  [[ -f $config ]] && profiles+=(\${(f)"$(sed -n "${profilesBySed.config}" "$config" 2> /dev/null)"})
  [[ -f $credentials ]] && profiles+=(\${(f)"$(sed -n "${profilesBySed.credentials}" "$credentials" 2> /dev/null)"})
  compadd -a profiles
}
_handrail_inputs() {
  local -a typed inputs
  typed=(\${(Q)words[2,CURRENT-1]})
  typed=(\${typed:#-*})
  inputs=(\${(f)"$($program completion inputs -- \${typed/#\\~\\//$HOME/} < /dev/null 2> /dev/null)"})
  (( $#inputs )) || inputs=(${inputs.join(' ')})
  compadd -S '' -- \${(M)inputs:#*=}
  compadd -- \${inputs:#*=}
}
_handrail_runbooks() {
  compadd ${runbooks.join(' ')}
  _files -g '*.y(a|)ml'
}
_handrail() {
  local -a commands
  commands=(
${commands.map(({name, purpose}) => `    ${quoted(`${name}:${purpose}`)}`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local program=$words[1] command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${commands.map((command) => caseOf(command)).join('\n')}
  esac
}
if [[ $funcstack[1] == _handrail ]]; then _handrail "$@"; else compdef _handrail handrail; fi
`;
}

function caseOf({name, options, argument}: CompletedCommand): string {
  const specs = options.map((option) => {
    const help = option.help.replaceAll(/[[\]:\\]/g, String.raw`\$&`);
    return quoted(`*${option.name}[${help}]${option.takesValue ? `:value:${valuesFor(option.values)}` : ''}`);
  });
  const action = actions[argument];
  return `    ${name}) _arguments ${[...specs, ...(action === undefined ? [] : [quoted(action)])].join(' ')} ;;`;
}

function valuesFor(values: CompletedOption['values']): string {
  if (values === 'files') return '_files';
  if (values === 'inputs') return '_handrail_inputs';
  return values === 'profiles' ? '_handrail_profiles' : values.length === 0 ? ' ' : `(${values.join(' ')})`;
}

const actions: Readonly<Record<CompletedCommand['argument'], string | undefined>> = {
  runbook: '*:runbook:_handrail_runbooks',
  run: '*:run:_handrail_runs',
  file: '*:file:_files',
  shell: '1:shell:(bash zsh fish)',
  none: undefined,
};

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
