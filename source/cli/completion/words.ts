import type {Command} from '../command.ts';
import {everywhere} from '../help-text.ts';
import type {Option} from '../option.ts';

/** Kinds of a command's arguments, as its usage line names them. */
type ArgumentKind = 'runbook' | 'run' | 'file' | 'shell' | 'none';

/** An option as it is typed. */
export interface CompletedOption {
  /** With its dashes: `--region`. */
  readonly name: string;
  readonly takesValue: boolean;
  /** The values to offer, or where a shell finds them. */
  readonly values: readonly string[] | 'files' | 'profiles' | 'inputs';
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
  /** `name=` or `name=value`, for inputs of the shipped runbooks: offered where the runbook's own cannot be had. */
  readonly inputs: readonly string[];
}

/**
 * Folder of the journals in a shell's syntax; their names are the runs'. Bash, zsh and fish expand it alike,
 * except for `:-`.
 */
export const stateFolder = {
  posix: '${XDG_STATE_HOME:-$HOME/.local/state}/handrail',
  fish: '(set -q XDG_STATE_HOME; and echo $XDG_STATE_HOME; or echo $HOME/.local/state)/handrail',
} as const;

/**
 * Scripts for sed that find the names of profiles in the two files of the AWS CLI, to stand between double quotes in
 * each of the shells: so they have no `$`.
 */
export const profilesBySed = {
  config: String.raw`/^\[profile /{s/^\[profile  *//;s/ *\].*//;s/^['\"]\(.*\)['\"]/\1/;p;};s/^\[default\].*/default/p`,
  credentials: String.raw`s/^\[\([^]]*\)\].*/\1/p`,
} as const;

/** Values of options that the commands' tables do not list. */
interface KnownValues {
  readonly regions: readonly string[];
  readonly inputs: readonly string[];
}

/** The words that the commands' own tables hold. */
export function wordsOf(
  commands: readonly Command[],
  runbooks: readonly string[],
  known: KnownValues,
): Words {
  return {commands: commands.map((command) => completed(command, known)), runbooks, inputs: known.inputs};
}

function completed({name, purpose, usage, options}: Command, known: KnownValues): CompletedCommand {
  return {
    name,
    purpose,
    options: [...options, ...everywhere].map((option) => ({
      name: `--${option.name}`,
      takesValue: option.value !== undefined,
      values: valuesOf(option, known),
      help: option.help,
    })),
    argument: argumentOf(usage),
  };
}

function valuesOf({offers = []}: Option, known: KnownValues): CompletedOption['values'] {
  return offers === 'regions' ? known.regions : offers;
}

function argumentOf(usage: string): ArgumentKind {
  if (/^[<[]runbook\b/.test(usage)) return 'runbook';
  if (/^[<[]run\b/.test(usage)) return 'run';
  if (/^<(test )?file\b/.test(usage)) return 'file';
  return usage.startsWith('<bash') ? 'shell' : 'none';
}
