import {existsSync} from 'node:fs';
import {join, resolve} from 'node:path';

const root = join(import.meta.dirname, '../..');

/**
 * Which Handrail the tests of the whole program start, by HANDRAIL_PROGRAM: `bundle`, as it is published (when it says
 * nothing); `source`; `executable`, this machine's in dist/executables; or a file, by a path with a slash.
 */
const chosen = process.env['HANDRAIL_PROGRAM'] || 'bundle';

/** How tests start Handrail as a whole process. */
export const wholeProgram: readonly [string, ...string[]] = commandOf(chosen);

/** The program that stands in for the crash tests' child, which is another one; undefined when none was asked for. */
export const givenProgram = process.env['HANDRAIL_PROGRAM'] ? wholeProgram : undefined;

function commandOf(program: string): readonly [string, ...string[]] {
  if (program === 'source') {
    // tsx looks for its settings where the process starts, which is far from the source in some tests.
    const settings = `TSX_TSCONFIG_PATH=${join(root, 'tsconfig.json')}`;
    const node = [process.execPath, '--import', import.meta.resolve('tsx')];
    return ['/usr/bin/env', settings, ...node, join(root, 'source/cli.ts')];
  }
  if (program === 'bundle') {
    // Made by build-bundle.ts, once for all tests of a run. In its tests' empty homes each start would compile it again.
    const folder = process.env['HANDRAIL_BUNDLE'] ?? join(root, 'dist');
    const compiled = `NODE_COMPILE_CACHE=${join(folder, 'compiled')}`;
    return ['/usr/bin/env', compiled, process.execPath, join(folder, 'handrail.cjs')];
  }
  const file = program === 'executable' ? `dist/executables/handrail-linux-${process.arch}` : program;
  if (!existsSync(resolve(file)))
    throw new Error(
      `HANDRAIL_PROGRAM=${program}: there is no ${file}; npm run build:executables makes executables`,
    );
  return [resolve(file)];
}
