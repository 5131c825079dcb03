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

export const plugins: readonly Plugin[] = [withoutDevtools, builtinsWhenNeeded, yogaWithoutFetch];
