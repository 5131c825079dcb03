import {isBuiltin} from 'node:module';
import {join} from 'node:path';
import {build, type Metafile} from 'esbuild';
import {embedded} from './embedded.ts';
import {patches} from './patches.ts';
import {projectRoot} from './project.ts';
import {quickBuiltins, requireLine} from './quick-builtins.ts';

/** Entry points and targets of the bundle. */
export interface BundleOptions {
  /** Path of the first module, from the project's root. */
  readonly entry: string;
  /** Folder for `main.mjs` and for `chunks/`, which it imports at once or on demand. */
  readonly folder: string;
}

/** Bundles a program with all that it imports into ES modules. Returns the files that went into them. */
export async function bundle({entry, folder}: BundleOptions): Promise<{inputs: readonly string[]}> {
  const {metafile} = await build({
    absWorkingDir: projectRoot,
    entryPoints: {main: entry},
    outdir: folder,
    chunkNames: 'chunks/[name]-[hash]',
    outExtension: {'.js': '.mjs'},
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    // ES modules of the SDK and its like, of which only the used parts are bundled.
    mainFields: ['module', 'main'],
    // Short names load faster. Errors carry their names as values; keepNames would take 60 ms of the start.
    minify: true,
    metafile: true,
    legalComments: 'none',
    logLevel: 'warning',
    banner: {js: requireLine},
    define: {...(await embedded()), 'process.env.NODE_ENV': '"production"'},
    alias: {
      // Ink's packages bring six copies of an older one; each compiles its expressions at the start.
      'string-width': join(projectRoot, 'node_modules/string-width'),
      // Ink loads them when DEV is set; they are no part of the program.
      'react-devtools-core': join(projectRoot, 'scripts/build/no-devtools.ts'),
      // Functions of this project that the patches use.
      'handrail/quick-segmenter': join(projectRoot, 'source/text/quick-segmenter.ts'),
      'handrail/show': join(projectRoot, 'source/text/show.ts'),
    },
    plugins: [patches()],
  });
  const wrong = [...notBundled(metafile), ...nameless(metafile)];
  if (wrong.length > 0) throw new Error(`the bundle would not run:\n${wrong.join('\n')}`);
  quickBuiltins(metafile);
  return {inputs: Object.keys(metafile.inputs)};
}

function notBundled({outputs}: Metafile): readonly string[] {
  return Object.values(outputs)
    .flatMap(({imports}) => imports)
    .filter(({external, path}) => external === true && !isBuiltin(path))
    .map(({path}) => `${path} is not in it`);
}

/** A CommonJS module that is imported on demand has a separate chunk, which exports a default and no names. */
function nameless({inputs}: Metafile): readonly string[] {
  return Object.entries(inputs).flatMap(([file, {imports}]) =>
    imports
      .filter(({kind, path}) => kind === 'dynamic-import' && inputs[path]?.format === 'cjs')
      .map(({path}) => `${file} imports ${path} on request, which is no ES module`),
  );
}
