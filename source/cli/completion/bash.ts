import {
  profilesBySed,
  stateFolder,
  type CompletedCommand,
  type CompletedOption,
  type Words,
} from './words.ts';

/** A completion script for bash, to be sourced. */
export function bashScript({commands, runbooks, inputs}: Words): string {
  return `# Completion of handrail for bash. Use: source <(handrail completion bash)
_handrail() {
  local word="\${COMP_WORDS[COMP_CWORD]}" at=$COMP_CWORD given='' words=''
  # Bash cuts words at "=": --input pipelines=d is --input, pipelines, = and d to it.
  [ "$word" = = ] && { given="\${COMP_WORDS[at-1]}="; word=''; (( at -= 1 )); }
  [ -z "$given" ] && [ "\${COMP_WORDS[at-1]}" = = ] && { given="\${COMP_WORDS[at-2]}="; (( at -= 2 )); }
  local before="\${COMP_WORDS[at-1]}"
  case "$given" in --*=) before="\${given%=}"; given='' ;; esac
  # A second one, as in --input=pipelines=d.
  [ "$before" = = ] && before="\${COMP_WORDS[at-2]}"
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${commands.map(({name}) => name).join(' ')} --help --version' -- "$word"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${commands.map((command) => caseOf(command, runbooks)).join('\n')}
  esac
}
_handrail_values() {
  local match
  COMPREPLY=()
  for match in $(compgen -W "$1" -- "$given$word"); do COMPREPLY+=("\${match#"$given"}"); done
  case "\${COMPREPLY[0]}" in *=) compopt -o nospace 2> /dev/null ;; esac
}
_handrail_profiles() {
  local config="\${AWS_CONFIG_FILE:-$HOME/.aws/config}" credentials="\${AWS_SHARED_CREDENTIALS_FILE:-$HOME/.aws/credentials}"
  # To read a pipe would never end.
  [ -f "$config" ] && sed -n "${profilesBySed.config}" "$config" 2> /dev/null
  [ -f "$credentials" ] && sed -n "${profilesBySed.credentials}" "$credentials" 2> /dev/null
}
_handrail_profile_names() {
  # The word without its quoting: what is offered is quoted again, unless a quote is open.
  local name quotes="[\\"']" typed="\${word//\\\\/}"
  typed="\${typed#$quotes}"
  COMPREPLY=()
  while IFS= read -r name; do
    [[ "$name" == "$typed"* ]] || continue
    [[ "$word" == $quotes* ]] || printf -v name %q "$name"
    COMPREPLY+=("$name")
  done < <(_handrail_profiles | sort -u)
}
_handrail_runs() {
  local file
  for file in "${stateFolder.posix}"/*.jsonl; do
    [ -e "$file" ] && file="\${file##*/}" && printf '%s ' "\${file%.jsonl}"
  done
  printf latest
}
_handrail_inputs() {
  # The words so far without their quoting: one of them is the runbook.
  local one quotes="[\\\\\\"']" words=()
  for one in "\${COMP_WORDS[@]:2:COMP_CWORD-2}"; do
    one="\${one//$quotes/}"
    case "$one" in
      -*) ;;
      "~/"*) words+=("$HOME/\${one:2}") ;;
      *) words+=("$one") ;;
    esac
  done
  "\${COMP_WORDS[0]}" completion inputs -- "\${words[@]}" < /dev/null 2> /dev/null || printf '%s ' ${inputs.join(' ')}
}
complete -F _handrail handrail
`;
}

function caseOf({name, options, argument}: CompletedCommand, runbooks: readonly string[]): string {
  const valued = options.filter(({takesValue}) => takesValue).map(valuesFor);
  const values = valued.length === 0 ? '' : `      case "$before" in\n${valued.join('\n')}\n      esac\n`;
  return `    ${name})
${values}      if [[ "$word" == -* ]]; then words='${options.map((option) => option.name).join(' ')}'
      else words=${wordsFor(argument, runbooks)}; fi
      COMPREPLY=($(compgen -W "$words" -- "$word"))
      ${['runbook', 'run', 'file'].includes(argument) ? '[[ "$word" == -* ]] || COMPREPLY+=($(compgen -f -- "$word"))' : ':'} ;;`;
}

function valuesFor({name, values}: CompletedOption): string {
  const reply =
    values === 'files'
      ? 'COMPREPLY=($(compgen -f -- "$word"))'
      : values === 'profiles'
        ? '_handrail_profile_names'
        : values === 'inputs'
          ? '_handrail_values "$(_handrail_inputs)"'
          : `_handrail_values '${values.join(' ')}'`;
  return `        ${name}) ${reply}; return ;;`;
}

function wordsFor(argument: CompletedCommand['argument'], runbooks: readonly string[]): string {
  if (argument === 'runbook') return `'${runbooks.join(' ')}'`;
  if (argument === 'run') return '"$(_handrail_runs)"';
  return argument === 'shell' ? "'bash zsh fish'" : "''";
}
