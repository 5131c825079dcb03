import type {Option} from './option.ts';

/** Parsed command line. */
export interface Arguments {
  readonly positionals: readonly string[];
  flag(name: string): boolean;
  text(name: string): string | undefined;
  texts(name: string): readonly string[];
}

/** A command of the command line. */
export interface Command {
  readonly name: string;
  /** In one line, for `handrail --help`. */
  readonly purpose: string;
  /** Arguments after the name: `<runbook> [options]`. */
  readonly usage: string;
  /** All but `--debug` and `--help`, which every command has. */
  readonly options: readonly Option[];
  /** Returns more help, of what is named as the first argument. Empty when there is none. */
  about?(name: string): Promise<string>;
  /** Returns the exit code. Throws UsageError, InvalidInput or InvalidRunbook for mistakes of the operator. */
  run(args: Arguments): Promise<number>;
}

/** A command that is loaded when it is needed. */
export interface CommandEntry {
  readonly name: string;
  load(): Promise<Command>;
}
