import type {Command} from '../command.ts';

/** What a command's arguments are, as its usage line names them. */
export type ArgumentKind = 'runbook' | 'run' | 'shell' | 'none';

/** An option as it is typed. */
interface CompletedOption {
  /** With its dashes: `--region`. */
  readonly name: string;
  readonly takesValue: boolean;
  readonly help: string;
}

export interface CompletedCommand {
  readonly name: string;
  readonly purpose: string;
  readonly options: readonly CompletedOption[];
  readonly argument: ArgumentKind;
}

/** All that a shell can complete. */
export interface Words {
  readonly commands: readonly CompletedCommand[];
  /** Names of the shipped runbooks; files complete beside them. */
  readonly runbooks: readonly string[];
}

/** Where a shell finds the journals, whose names are those of the runs. Bash, zsh and fish expand it alike, but for `:-`. */
export const stateFolder = {
  posix: '${XDG_STATE_HOME:-$HOME/.local/state}/handrail',
  fish: '(set -q XDG_STATE_HOME; and echo $XDG_STATE_HOME; or echo $HOME/.local/state)/handrail',
} as const;

/** What the commands' own tables say. */
export function wordsOf(commands: readonly Command[], runbooks: readonly string[]): Words {
  return {commands: commands.map(completed), runbooks};
}

function completed({name, purpose, usage, options, optionHelp}: Command): CompletedCommand {
  const help = new Map(optionHelp.map((option) => [/^--[a-z-]+/.exec(option.usage)?.[0], option.help]));
  const own = Object.entries(options).map(([option, {type}]) => ({
    name: `--${option}`,
    takesValue: type === 'string',
    help: help.get(`--${option}`) ?? '',
  }));
  return {
    name,
    purpose,
    options: [...own, {name: '--help', takesValue: false, help: 'show the options'}],
    argument: argumentOf(usage),
  };
}

function argumentOf(usage: string): ArgumentKind {
  if (/^[<[]runbook\b/.test(usage)) return 'runbook';
  if (/^[<[]run\b/.test(usage)) return 'run';
  return usage.startsWith('<bash') ? 'shell' : 'none';
}
