import {existsSync, mkdtempSync, renameSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, dirname, join} from 'node:path';
import {build} from 'esbuild';
import {embedded} from '../../scripts/build/embedded.ts';

/** Where the files of a test run find the programs that others of them have made; undefined in the long matrices. */
const shared = process.env['HANDRAIL_CHILDREN'];

/**
 * Puts the child's code, its SDK clients and what ships with them into one file, which starts in a third of the time:
 * nobody's editing disturbs a matrix under way. Returns the file.
 */
export async function bundleChild(child = 'child.ts'): Promise<string> {
  const name = `${basename(child, '.ts')}.mjs`;
  if (shared === undefined)
    return bundled(child, join(mkdtempSync(join(tmpdir(), 'handrail-crash-child-')), name));
  const file = join(shared, name);
  // Two that make it at the same time make the same, each under a name of its own first.
  if (!existsSync(file))
    renameSync(await bundled(child, join(mkdtempSync(join(shared, 'new-')), name)), file);
  return file;
}

/** Removes a program that only the caller uses. */
export function removeChild(bundle: string): void {
  if (shared === undefined) rmSync(dirname(bundle), {recursive: true, force: true});
}

async function bundled(child: string, outfile: string): Promise<string> {
  await build({
    entryPoints: [join(import.meta.dirname, child)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    logLevel: 'error',
    define: await embedded(),
    // Some packages of the SDK's are CommonJS and call require.
    banner: {
      js: `import * as nodeModule from 'node:module';globalThis.require = nodeModule.createRequire(import.meta.url);`,
    },
  });
  return outfile;
}
