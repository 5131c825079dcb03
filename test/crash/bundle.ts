import {cpSync, mkdtempSync, readFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {pathToFileURL} from 'node:url';
import {build, type Plugin} from 'esbuild';

const here = import.meta.dirname;
const root = resolve(here, '../..');

/** What the shipped runbook calls, and what a run begins with: the only SDK clients that the child needs. */
const clients = ['account', 'iam', 'imagebuilder', 'ssm', 'sts'].map((name) => `@aws-sdk/client-${name}`);

/**
 * Puts the child's code and its SDK clients into one file, which starts in a third of the time, and what it reads
 * beside it: nobody's editing disturbs a matrix under way. Returns the file.
 */
export async function bundleChild(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-crash-child-'));
  const outfile = join(folder, 'child.mjs');
  for (const read of ['runbooks', 'package.json'])
    cpSync(join(root, read), join(folder, read), {recursive: true});
  await build({
    entryPoints: [join(here, 'child.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    logLevel: 'error',
    // Files that ship with the source are found from where it is: two folders down.
    define: {'import.meta.url': JSON.stringify(pathToFileURL(join(folder, 'source/commands/child.ts')).href)},
    banner: {
      js: `import {createRequire} from 'node:module';const require = createRequire(${JSON.stringify(here + '/')});`,
    },
    plugins: [staticClients],
  });
  return outfile;
}

/** A bundler cannot follow an import whose name is worked out; this one is told the names. */
const staticClients: Plugin = {
  name: 'static-clients',
  setup: ({onLoad}) => {
    onLoad({filter: /source\/aws\/service\.ts$/}, ({path}) => {
      const text = readFileSync(path, 'utf8');
      const found = 'await import(packageName)';
      if (!text.includes(found)) throw new Error(`${path} no longer has ${found}`);
      const cases = clients.map((name) => `case '${name}': return import('${name}');`).join('\n');
      const choose = `function chosen(name: string): Promise<unknown> { switch (name) { ${cases} } throw new Error(name); }`;
      return {contents: `${text.replace(found, 'await chosen(packageName)')}\n${choose}`, loader: 'ts'};
    });
  },
};
