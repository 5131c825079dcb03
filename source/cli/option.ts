import type {ParseArgsConfig} from 'node:util';

/** An option of a command. Reading the command line, help, completion and the man page are made from it. */
export interface Option {
  /** Without its dashes. */
  readonly name: string;
  /** The value as help calls it: `FILE`. Without one, the option is a switch. */
  readonly value?: string;
  /** Marks an option that may be given again and again. */
  readonly multiple?: true;
  /** Values that a shell offers, or the kind of thing whose names it offers. */
  readonly offers?: readonly string[] | 'files' | 'profiles' | 'regions' | 'inputs';
  readonly help: string;
}

/** Returns an option as it is typed: `--region NAME`. */
export function typed({name, value}: Option): string {
  return value === undefined ? `--${name}` : `--${name} ${value}`;
}

/** Returns the options as `parseArgs` of Node wants them. */
export function parsedBy(options: readonly Option[]): NonNullable<ParseArgsConfig['options']> {
  return Object.fromEntries(
    options.map(({name, value, multiple = false}) => [
      name,
      {type: value === undefined ? 'boolean' : 'string', multiple} as const,
    ]),
  );
}
