import {readFileSync} from 'node:fs';
import {builtinModules} from 'node:module';
import {join} from 'node:path';
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
    // Short names load faster. Errors carry their names as values; keepNames would take 60 ms of the start.
    minify: true,
    metafile: true,
    legalComments: 'none',
    logLevel: 'warning',
    define: {...embedded(), 'process.env.NODE_ENV': '"production"'},
    // Ink's packages bring six copies of an older one; each compiles its expressions at the start.
    alias: {'string-width': join(projectRoot, 'node_modules/string-width')},
    plugins: [withoutDevtools, builtinsWhenNeeded, yogaWithoutFetch],
    banner: {js: banner},
  });
  return {inputs: Object.keys(result.metafile.inputs)};
}

/**
 * CommonJS modules in the bundle ask for Node's own modules by `require`, which an ES module does not have. For a module
 * inside its executables Bun would look in the current folder: it is given a place outside.
 */
const banner =
  "import {createRequire as handrailRequire} from 'node:module'; const require = handrailRequire(process.versions.bun ? process.execPath : import.meta.url), handrailBuiltin = require;";

/**
 * An `import` of one of Node's own modules stands at the top of the bundle, so that all of them would be loaded at
 * the start; node:http alone brings a second HTTP client with it, 20 ms. Asked for by `require` instead, each is loaded
 * together with the first module that uses it.
 */
const builtinsWhenNeeded: Plugin = {
  name: 'builtins-when-needed',
  setup({onResolve, onLoad}) {
    const names = new Set(builtinModules);
    onResolve({filter: /^[a-z_:]+(\/[a-z]+)*$/}, ({path}) => {
      const name = path.replace(/^node:/, '');
      if (!names.has(name) || (path !== name && path !== `node:${name}`)) return undefined;
      return {path: `node:${name}`, namespace: 'builtin'};
    });
    onLoad({filter: /.*/, namespace: 'builtin'}, ({path}) => ({
      contents: `module.exports = handrailBuiltin(${JSON.stringify(path)});`,
    }));
  },
};

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

/** Yoga fetches its own code from a data URL, for which Node loads a whole HTTP client; without `fetch` it decodes it. */
const yogaWithoutFetch: Plugin = {
  name: 'yoga-without-fetch',
  setup({onLoad}) {
    onLoad({filter: /yoga-layout.*yoga-wasm-base64-esm\.js$/}, ({path}) => ({
      contents: `const fetch = undefined;\n${readFileSync(path, 'utf8')}`,
    }));
  },
};
