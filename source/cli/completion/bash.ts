import {stateFolder, type ArgumentKind, type CompletedCommand, type Words} from './words.ts';

/** A completion script for bash, to be sourced. */
export function bashScript({commands, runbooks}: Words): string {
  return `# Completion of handrail for bash. Use: source <(handrail completion bash)
_handrail() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" words=''
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${commands.map(({name}) => name).join(' ')} --help --version' -- "$word"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${commands.map((command) => caseOf(command, runbooks)).join('\n')}
  esac
}
_handrail_runs() {
  local file
  for file in "${stateFolder.posix}"/*.jsonl; do
    [ -e "$file" ] && file="\${file##*/}" && printf '%s ' "\${file%.jsonl}"
  done
  printf latest
}
complete -F _handrail handrail
`;
}

function caseOf({name, options, argument}: CompletedCommand, runbooks: readonly string[]): string {
  const valued = options.filter(({takesValue}) => takesValue).map((option) => option.name);
  const values =
    valued.length === 0
      ? ''
      : `      case "$before" in ${valued.join('|')}) COMPREPLY=($(compgen -f -- "$word")); return ;; esac\n`;
  return `    ${name})
${values}      if [[ "$word" == -* ]]; then words='${options.map((option) => option.name).join(' ')}'
      else words=${wordsFor(argument, runbooks)}; fi
      COMPREPLY=($(compgen -W "$words" -- "$word"))
      ${argument === 'runbook' || argument === 'run' ? '[[ "$word" == -* ]] || COMPREPLY+=($(compgen -f -- "$word"))' : ':'} ;;`;
}

function wordsFor(argument: ArgumentKind, runbooks: readonly string[]): string {
  if (argument === 'runbook') return `'${runbooks.join(' ')}'`;
  if (argument === 'run') return '"$(_handrail_runs)"';
  return argument === 'shell' ? "'bash zsh fish'" : "''";
}
