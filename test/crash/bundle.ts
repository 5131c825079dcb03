import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {build} from 'esbuild';
import {embedded} from '../../scripts/build/embedded.ts';

/**
 * Puts the child's code, its SDK clients and what ships with them into one file, which starts in a third of the time:
 * nobody's editing disturbs a matrix under way. Returns the file.
 */
export async function bundleChild(child = 'child.ts'): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-crash-child-'));
  const outfile = join(folder, 'child.mjs');
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
