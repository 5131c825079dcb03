import {readFileSync} from 'node:fs';
import {builtinModules} from 'node:module';
import type {Plugin} from 'esbuild';

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

/**
 * string-width makes an expression of every emoji as it is loaded, which takes 15 ms, though most programs never measure
 * a character of several code points. Made when it is first asked for instead.
 */
const emojiWhenNeeded: Plugin = {
  name: 'emoji-when-needed',
  setup({onLoad}) {
    const made = /^const emojiPrefixRegex = (\/.+\/v);$/m;
    onLoad({filter: /node_modules\/string-width\/index\.js$/}, ({path}) => {
      const text = readFileSync(path, 'utf8');
      if (!made.test(text)) throw new Error(`${path} is not as it was; look for RGI_Emoji`);
      const lazily = [
        'let emojiPrefix;',
        'const emojiPrefixRegex = {',
        '  exec: (text) => (emojiPrefix ??= $1).exec(text),',
        '  test: (text) => (emojiPrefix ??= $1).test(text),',
        '};',
      ];
      return {contents: text.replace(made, lazily.join('\n'))};
    });
  },
};

export const plugins: readonly Plugin[] = [
  withoutDevtools,
  builtinsWhenNeeded,
  yogaWithoutFetch,
  emojiWhenNeeded,
];
