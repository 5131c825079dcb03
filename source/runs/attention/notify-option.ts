import {accessSync, constants, statSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import type {Arguments} from '../../cli/command.ts';
import type {Option} from '../../cli/option.ts';
import {UsageError} from '../../cli/usage-error.ts';

/** Calls somebody who does not look at the terminal. */
export const notifyOption: Option = {
  name: 'notify-command',
  value: 'COMMAND',
  help: 'start COMMAND when the run needs an operator and when it is over, with one line of JSON on its input',
};

/** A program and its arguments. */
export type NotifyWords = readonly [string, ...string[]];

/**
 * Returns the words of the command, split as a shell splits them, but without any shell: no variable, no pipe. Throws
 * {@link UsageError} for an open quote, and where there is no such program.
 */
function notifyWords(text: string | undefined, path: string | undefined): NotifyWords | undefined {
  if (text === undefined) return undefined;
  const [program, ...rest] = splitWords(text);
  if (program === undefined) throw new UsageError('--notify-command needs the name of a program');
  if (!isProgram(program, path))
    throw new UsageError(
      `--notify-command: there is no program ${program}${program.includes('/') ? '' : ' on the PATH'}`,
    );
  return [program, ...rest];
}

/** Returns how a run is to be shown, and who is told of it. Throws {@link UsageError} as {@link notifyWords} does. */
export function showingFrom(
  args: Arguments,
  env: {readonly [name: string]: string | undefined},
): {readonly json: boolean; readonly notify: NotifyWords | undefined} {
  return {json: args.flag('json'), notify: notifyWords(args.text('notify-command'), env['PATH'])};
}

/** A word: parts in quotes and parts without follow each other. */
const word = /(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\])+/gs;
const part = /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)|([^\s'"\\]+)/gs;

function splitWords(text: string): readonly string[] {
  if (text.replace(word, '').trim() !== '')
    throw new UsageError('--notify-command: a quote or a backslash at its end is open');
  return [...text.matchAll(word)].map(([whole]) =>
    whole.replace(
      part,
      (_, single?: string, double?: string, escaped?: string, bare?: string) =>
        single ?? double?.replace(/\\(["\\])/g, '$1') ?? escaped ?? bare ?? '',
    ),
  );
}

function isProgram(name: string, path = ''): boolean {
  const places = name.includes('/') ? [name] : path.split(delimiter).map((folder) => join(folder, name));
  return places.some((file) => {
    try {
      accessSync(file, constants.X_OK);
      return statSync(file).isFile();
    } catch {
      return false;
    }
  });
}
