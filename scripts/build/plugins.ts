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
    onResolve({filter: /^[a-z0-9_:]+(\/[a-z]+)*$/}, ({path}) => {
      const name = path.replace(/^node:/, '');
      if (!names.has(name) || (path !== name && path !== `node:${name}`)) return undefined;
      return {path: `node:${name}`, namespace: 'builtin'};
    });
    onLoad({filter: /.*/, namespace: 'builtin'}, ({path}) => ({
      contents: `module.exports = handrailParts.require(${JSON.stringify(path)});`,
    }));
  },
};

/**
 * Each module that imports one of these would get a copy of it with a getter for each of its properties: there are
 * sixty of them, with 40 properties and 120. What an ES module exports is shared.
 */
const copiedOnce: Plugin = {
  name: 'copied-once',
  setup({onResolve, onLoad}) {
    onResolve({filter: /^(node:process|react|react\/jsx-runtime)$/}, ({path, kind}) =>
      kind === 'import-statement' ? {path, namespace: 'once'} : undefined,
    );
    onLoad({filter: /.*/, namespace: 'once'}, ({path}) => {
      // Not all of the process: looking at its streams makes them.
      const names =
        path === 'node:process'
          ? ['cwd', 'env', 'versions']
          : Object.keys(createRequire(import.meta.url)(path));
      const contents = [
        `const whole = require(${JSON.stringify(path)});`,
        'export default whole;',
        `export const {${names.join(', ')}} = whole;`,
      ];
      return {contents: contents.join('\n'), resolveDir: projectRoot};
    });
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

export const plugins: readonly Plugin[] = [
  withoutDevtools,
  copiedOnce,
  builtinsWhenNeeded,
  quickYoga,
  quickStringWidth,
  changed(
    /node_modules\/(ink\/build\/line-update|(slice-ansi\/tokenize-ansi|wrap-ansi\/index|@alcalzone\/ansi-tokenize\/build\/tokenize))\.js$/,
    quickSegmenter,
  ),
];
