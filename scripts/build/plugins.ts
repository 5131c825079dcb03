import {readFileSync} from 'node:fs';
import {builtinModules, createRequire} from 'node:module';
import {join} from 'node:path';
import type {Plugin} from 'esbuild';
import {plainCharacters} from '../../source/text/show.ts';
import {projectRoot} from './project.ts';

/**
 * An `import` of one of Node's own modules would stand at the top of the bundle, so that all of them would be loaded at
 * the start; node:http alone brings a second HTTP client with it, 20 ms. Asked for by `require` instead, each is loaded
 * together with the first module that uses it.
 */
const builtinsWhenNeeded: Plugin = {
  name: 'builtins-when-needed',
  setup({onResolve, onLoad}) {
    const names = new Set(builtinModules);
    onResolve({filter: /^[a-z0-9_:]+(\/[a-z]+)*$/}, ({path, importer, kind}) => {
      const name = path.replace(/^node:/, '');
      if (!names.has(name) || (path !== name && path !== `node:${name}`)) return undefined;
      const imported = kind === 'import-statement' ? importedBy(importer, path) : undefined;
      return {path: `node:${name}`, namespace: 'builtin', pluginData: imported, suffix: suffixOf(imported)};
    });
    onLoad({filter: /.*/, namespace: 'builtin'}, ({path, pluginData}) => {
      const module = `handrailParts.require(${JSON.stringify(path)})`;
      const imported = pluginData as readonly string[] | undefined;
      return {contents: imported === undefined ? `module.exports = ${module};` : exporting(module, imported)};
    });
  },
};

/**
 * An ES module that exports some names of one that is not. Otherwise each importer makes a copy of the whole, with a
 * getter for each property, for which Node loads what it keeps for later: 10 ms of a start.
 */
function exporting(module: string, names: readonly string[]): string {
  return `const whole = ${module}; export default whole; export const {${names.join(', ')}} = whole;`;
}

function suffixOf(names: readonly string[] | undefined): string {
  return names === undefined ? '' : `?${names.join()}`;
}

/** The names that a file imports from a module; undefined when it imports the whole under a name. */
function importedBy(file: string, module: string): readonly string[] | undefined {
  const from = new RegExp(
    String.raw`^import\s+(?!type\b)(?:\w+\s*,\s*)?([^;'"]*?)\s*from\s*(['"])${module}\2`,
    'gm',
  );
  const clauses = [...readFileSync(file, 'utf8').matchAll(from)].map(([, clause = '']) => clause);
  if (clauses.length === 0 || clauses.some((clause) => clause.startsWith('*'))) return undefined;
  return clauses
    .filter((clause) => clause.startsWith('{'))
    .flatMap((clause) => clause.slice(1, -1).split(','))
    .map((name) => name.trim().replace(/\s+as\s.*/s, ''))
    .filter((name) => name !== '' && name !== 'default' && !name.startsWith('type '));
}

/** React and its like, imported in sixty places: one copy of what they export. */
const copiedOnce: Plugin = {
  name: 'copied-once',
  setup({onResolve, onLoad}) {
    onResolve({filter: /^react(\/jsx-runtime)?$/}, ({path, kind}) =>
      kind === 'import-statement' ? {path, namespace: 'once'} : undefined,
    );
    onLoad({filter: /.*/, namespace: 'once'}, ({path}) => ({
      contents: exporting(
        `require(${JSON.stringify(path)})`,
        Object.keys(createRequire(import.meta.url)(path) as object),
      ),
      resolveDir: projectRoot,
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

/** A package's file with some of its text replaced. It is an error when a text is not there: the package has changed. */
function changed(file: RegExp, changes: readonly (readonly [from: string | RegExp, to: string])[]): Plugin {
  return {
    name: 'changed',
    setup({onLoad}) {
      onLoad({filter: file}, ({path}) => {
        let contents = readFileSync(path, 'utf8');
        for (const [from, to] of changes) {
          const before = contents;
          contents = contents.replace(from, to);
          if (contents === before) throw new Error(`${path}: ${from} is not there`);
        }
        return {contents};
      });
    },
  };
}

/**
 * Yoga fetches its own code from a data URL, for which Node loads a whole HTTP client, or else decodes it byte by byte,
 * and has it compiled on another thread, for which it waits. All of it takes a millisecond in place.
 */
const quickYoga = changed(/yoga-wasm-base64-esm\.js$/, [
  [
    'if(h.instantiateWasm)',
    'var made=new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(H.slice(37),"base64")),d);' +
      'a(made);return made.exports;',
  ],
]);

/** The real segmenter is slow to make and to use: see the quick one. */
const quickSegmenter: readonly (readonly [RegExp, string])[] = [
  [/new Intl\.Segmenter\(/g, 'new QuickSegmenter('],
  [
    /^/,
    `import {QuickSegmenter} from ${JSON.stringify(join(projectRoot, 'source/text/quick-segmenter.ts'))};\n`,
  ],
];

/**
 * string-width makes an expression of every emoji as it is loaded, which takes 15 ms, though most programs never measure
 * a character of several code points: made when it is first asked for. And it takes the long way for anything but
 * ASCII: our own signs and lines are as narrow.
 */
const quickStringWidth = changed(/node_modules\/string-width\/index\.js$/, [
  ...quickSegmenter,
  [
    /^const emojiPrefixRegex = (\/.+\/v);$/m,
    `let emojiPrefix;
    const emojiPrefixRegex = {
      exec: (text) => (emojiPrefix ??= $1).exec(text),
      test: (text) => (emojiPrefix ??= $1).test(text),
    };`,
  ],
  [
    String.raw`const nonAsciiOrControlRegex = /[^\u{20}-\u{7E}]/v;`,
    `const nonAsciiOrControlRegex = new RegExp('[^${plainCharacters}]', 'u');`,
  ],
]);

/** Two of Node's own modules, each needed for one function that is called once or never: 5 ms. */
const withoutAssert = changed(/node_modules\/signal-exit\/index\.js$/, [
  [
    /require\('assert'\)/,
    '{equal(given, wanted, message) { if (given !== wanted) throw new TypeError(message); }}',
  ],
]);
const withoutChildren = changed(/node_modules\/terminal-size\/index\.js$/, [
  [
    "import {execFileSync} from 'node:child_process';",
    "const execFileSync = (...all) => handrailParts.require('node:child_process').execFileSync(...all);",
  ],
]);

export const plugins: readonly Plugin[] = [
  withoutDevtools,
  copiedOnce,
  builtinsWhenNeeded,
  quickYoga,
  quickStringWidth,
  withoutAssert,
  withoutChildren,
  changed(
    /node_modules\/(ink\/build\/line-update|(slice-ansi\/tokenize-ansi|wrap-ansi\/index|@alcalzone\/ansi-tokenize\/build\/tokenize))\.js$/,
    quickSegmenter,
  ),
];
