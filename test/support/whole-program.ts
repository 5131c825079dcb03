import {join, resolve} from 'node:path';

const given = process.env['HANDRAIL_BIN'];

/** The program that HANDRAIL_BIN names, such as an executable, as a command line; undefined when it names none. */
export const givenProgram = given === undefined ? undefined : commandOf(resolve(given));

/** How tests start Handrail as a whole process: the given program, or the source. */
export const wholeProgram: readonly [string, ...string[]] = givenProgram ?? [
  process.execPath,
  '--import',
  'tsx',
  join(import.meta.dirname, '../../source/cli.ts'),
];

function commandOf(file: string): readonly [string, ...string[]] {
  return /\.[cm]?js$/.test(file) ? [process.execPath, file] : [file];
}
