import type {Command} from '../command.ts';

/** What a command's arguments are, as its usage line names them. */
export type ArgumentKind = 'runbook' | 'run' | 'shell' | 'none';

/** An option as it is typed. */
export interface CompletedOption {
  /** With its dashes: `--region`. */
  readonly name: string;
  readonly takesValue: boolean;
  /** The values to offer, or where a shell finds them. */
  readonly values: readonly string[] | 'files' | 'profiles';
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

/** What is known of options' values beyond the commands' own tables. */
interface KnownValues {
  readonly regions: readonly string[];
  /** `name=` or `name=value`, for inputs of the shipped runbooks. */
  readonly inputs: readonly string[];
}

/** The words that the commands' own tables hold. */
export function wordsOf(
  commands: readonly Command[],
  runbooks: readonly string[],
  known: KnownValues,
): Words {
  return {commands: commands.map((command) => completed(command, known)), runbooks};
}

function completed(
  {name, purpose, usage, options, optionHelp}: Command,
  known: KnownValues,
): CompletedCommand {
  const help = new Map(optionHelp.map((option) => [/^--[a-z-]+/.exec(option.usage)?.[0], option]));
  const own = Object.entries(options).map(([option, {type}]) => ({
    name: `--${option}`,
    takesValue: type === 'string',
    values: valuesOf(help.get(`--${option}`)?.usage ?? '', known),
    help: help.get(`--${option}`)?.help ?? '',
  }));
  return {
    name,
    purpose,
    options: [...own, {name: '--help', takesValue: false, values: [], help: 'show the options'}],
    argument: argumentOf(usage),
  };
}

/** Finds an option's values by how its help names them: `--format md|html`, `--out FILE`. */
function valuesOf(usage: string, {regions, inputs}: KnownValues): CompletedOption['values'] {
  const [option = '', value = ''] = usage.split(' ');
  if (value.includes('|')) return value.split('|');
  if (value === 'FILE') return 'files';
  if (option === '--profile') return 'profiles';
  if (option === '--region' || option === '--waive') return regions;
  return option === '--input' ? inputs : [];
}

function argumentOf(usage: string): ArgumentKind {
  if (/^[<[]runbook\b/.test(usage)) return 'runbook';
  if (/^[<[]run\b/.test(usage)) return 'run';
  return usage.startsWith('<bash') ? 'shell' : 'none';
}
