import {join, relative} from 'node:path';
import {
  build,
  type BuildOptions,
  type Metafile,
  type OnResolveArgs,
  type Plugin,
  type PluginBuild,
} from 'esbuild';
import {embedded} from './embedded.ts';
import {plugins} from './plugins.ts';
import {projectRoot} from './project.ts';

/** The texts of a program's two parts, each a script's body, and the files that went into them. */
export interface Parts {
  readonly first: string;
  readonly later: string;
  readonly inputs: readonly string[];
}

/**
 * Loaded on request, and part of the first nevertheless: they draw the first frame, and Ink, which waits for its own
 * start at the top level, cannot be in the part that is loaded in one go.
 */
const early: readonly string[] = [
  'source/commands/demo.ts',
  'source/commands/run.ts',
  'source/ui/home/home-screen.tsx',
  'source/ui/replay/replay-view.tsx',
  'source/ui/run/run-view.tsx',
];

/**
 * Bundles a program into what its first frame needs and all the rest. Both see an object `handrailParts`: the first part
 * sets its function `shared`, which gives the later one modules of the first; the later one sets `later`, which gives
 * its own modules.
 */
export async function partsOf(entry: string): Promise<Parts> {
  const later = new Set<string>();
  const shared = new Set<string>();
  const start = `import ${JSON.stringify(`./${entry}`)};`;
  // Once without knowing what the later part shares, to learn which modules are in the first.
  const draft = await text(start, [leaving(later)]);
  const own = modulesOf(draft.metafile);
  const rest = later.size === 0 ? undefined : await text(tableOf('later', later), [sharing(own, shared)]);
  const first = await text(`import 'handrail:shared';${start}`, [
    leaving(later),
    given('handrail:shared', tableOf('shared', shared)),
  ]);
  const inputs = new Set([...own.keys(), ...(rest === undefined ? [] : modulesOf(rest.metafile).keys())]);
  return {first: first.code, later: rest?.code ?? '', inputs: [...inputs]};
}

const constants = await embedded();

const options: BuildOptions & {readonly metafile: true; readonly write: false} = {
  absWorkingDir: projectRoot,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node22',
  // Short names load faster. Errors carry their names as values; keepNames would take 60 ms of the start.
  minify: true,
  metafile: true,
  write: false,
  outdir: 'dist',
  legalComments: 'none',
  logLevel: 'warning',
  define: {
    ...constants,
    'process.env.NODE_ENV': '"production"',
    'import.meta.url': 'handrailParts.url',
    'import.meta.resolve': 'undefined',
  },
  // Ink's packages bring six copies of an older one; each compiles its expressions at the start.
  alias: {'string-width': join(projectRoot, 'node_modules/string-width')},
};

async function text(
  contents: string,
  own: readonly Plugin[],
): Promise<{readonly code: string; readonly metafile: Metafile}> {
  const {metafile, outputFiles} = await build({
    ...options,
    stdin: {contents, resolveDir: projectRoot, sourcefile: 'handrail:start'},
    plugins: [...plugins, ...own],
  });
  const code = outputFiles[0]?.text ?? '';
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  if (imports.length > 0) throw new Error(`not in the bundle: ${imports.map(({path}) => path).join(', ')}`);
  return {code, metafile};
}

/** The project's files and packages that are in a part, and which of them are ES modules. */
function modulesOf({inputs}: Metafile): ReadonlyMap<string, {readonly esm: boolean}> {
  const files = Object.entries(inputs).filter(([path]) => /^(source|node_modules|benchmark)\//.test(path));
  return new Map(files.map(([path, {format}]) => [path, {esm: format === 'esm'}]));
}

/** A function that gives a part's modules by their paths, each loaded when it is asked for. */
function tableOf(name: 'later' | 'shared', paths: ReadonlySet<string>): string {
  const rows = [...paths].toSorted().map((path) => `${JSON.stringify(path)}: () => require('./${path}'),`);
  return `const modules = {${rows.join('\n')}};\nhandrailParts.${name} = (name) => modules[name]();`;
}

/** Leaves to the later part whatever is imported on request, but for what is {@link early}. */
function leaving(later: Set<string>): Plugin {
  return {
    name: 'leave-to-the-later-part',
    setup({onResolve, onLoad, resolve}) {
      onResolve({filter: /.*/, namespace: 'file'}, async (args) => {
        if (args.kind !== 'dynamic-import') return undefined;
        const path = await resolved(args, resolve);
        if (path === undefined || early.includes(path)) return undefined;
        later.add(path);
        return {path, namespace: 'later'};
      });
      onLoad({filter: /.*/, namespace: 'later'}, ({path}) => ({
        contents: `module.exports = handrailParts.later(${JSON.stringify(path)});`,
      }));
    },
  };
}

/** Takes the modules of the first part from there: there is one of each, with its classes and what it remembers. */
function sharing(first: ReadonlyMap<string, {readonly esm: boolean}>, shared: Set<string>): Plugin {
  return {
    name: 'share-the-first-part',
    setup({onResolve, onLoad, resolve}) {
      onResolve({filter: /.*/, namespace: 'file'}, async (args) => {
        const path = await resolved(args, resolve);
        if (path === undefined || !first.has(path)) return undefined;
        shared.add(path);
        return {path, namespace: 'shared'};
      });
      onLoad({filter: /.*/, namespace: 'shared'}, async ({path}) => {
        const module = `handrailParts.shared(${JSON.stringify(path)})`;
        if (first.get(path)?.esm !== true) return {contents: `module.exports = ${module};`};
        const names = await exportsOf(path);
        const named = names.filter((name) => name !== 'default');
        const ofDefault = named.length < names.length ? 'export default shared.default;' : '';
        return {
          contents: `const shared = ${module}; export const {${named.join(', ')}} = shared; ${ofDefault}`,
        };
      });
    },
  };
}

/** A module that a plugin makes. */
function given(name: string, contents: string): Plugin {
  return {
    name,
    setup({onResolve, onLoad}) {
      onResolve({filter: /^handrail:/}, ({path}) => (path === name ? {path, namespace: 'given'} : undefined));
      onLoad({filter: /.*/, namespace: 'given'}, () => ({contents, resolveDir: projectRoot}));
    },
  };
}

/** A file of the project, by its path in it; undefined for what is none, and where esbuild asks for the second time. */
async function resolved(args: OnResolveArgs, resolve: PluginBuild['resolve']): Promise<string | undefined> {
  const {path, importer, namespace, resolveDir, kind, pluginData} = args;
  if (pluginData === again) return undefined;
  const found = await resolve(path, {importer, namespace, resolveDir, kind, pluginData: again});
  return found.namespace === 'file' && found.errors.length === 0
    ? relative(projectRoot, found.path)
    : undefined;
}
const again = Symbol('again');

async function exportsOf(path: string): Promise<readonly string[]> {
  const {metafile, outputFiles} = await build({
    absWorkingDir: projectRoot,
    entryPoints: [path],
    format: 'esm',
    metafile: true,
    write: false,
    outdir: 'dist',
  });
  if (/\bexport \*/.test(outputFiles[0]?.text ?? ''))
    throw new Error(`${path}: what it exports is not known`);
  return Object.values(metafile.outputs)[0]?.exports ?? [];
}
