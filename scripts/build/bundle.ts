import {build, type Plugin} from 'esbuild';
import {embedded} from './embedded.ts';
import {projectRoot} from './project.ts';

/** What is bundled, and into what. */
export interface BundleOptions {
  /** Path of the first module, from the project's root. */
  readonly entry: string;
  readonly outfile: string;
}

/** Bundles a program with all that it imports into one ES module. Returns the files that went into it. */
export async function bundle({entry, outfile}: BundleOptions): Promise<{inputs: readonly string[]}> {
  const result = await build({
    absWorkingDir: projectRoot,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    minify: true,
    // Names of classes and functions are part of what is said: error names, and the SDK's commands.
    keepNames: true,
    metafile: true,
    legalComments: 'none',
    logLevel: 'warning',
    define: {...embedded(), 'process.env.NODE_ENV': '"production"'},
    plugins: [withoutDevtools],
    banner: {js: banner},
  });
  return {inputs: Object.keys(result.metafile.inputs)};
}

/** CommonJS modules in the bundle ask for Node's own modules by `require`, which an ES module does not have. */
const banner =
  "import {createRequire as handrailRequire} from 'node:module'; const require = handrailRequire(import.meta.url);";

/** Ink loads React's developer tools when DEV is set; they are no part of the program. */
const withoutDevtools: Plugin = {
  name: 'without-devtools',
  setup({onResolve, onLoad}) {
    onResolve({filter: /^react-devtools-core$/}, ({path}) => ({path, namespace: 'nothing'}));
    onLoad({filter: /.*/, namespace: 'nothing'}, () => ({
      contents: 'export default {connectToDevTools() {}}',
    }));
  },
};
