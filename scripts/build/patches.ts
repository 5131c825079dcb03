import {readdirSync, readFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import {applyPatch, parsePatch, type StructuredPatch} from 'diff';
import type {Plugin} from 'esbuild';
import {projectRoot} from './project.ts';

/**
 * Applies patches/*.patch to third-party files, each in memory while it is bundled. Installed files stay
 * unchanged. Throws when a package's version or text differs from the patch's.
 */
export function patches(): Plugin {
  const byFile = new Map(readdirSync(folder).filter(isPatch).flatMap(patchesIn));
  return {
    name: 'patches',
    setup({onLoad}) {
      onLoad({filter: /node_modules/}, ({path}) => {
        const patch = byFile.get(relative(projectRoot, path));
        if (patch === undefined) return undefined;
        const contents = applyPatch(readFileSync(path, 'utf8'), patch, {fuzzFactor: 0});
        if (contents === false) throw new Error(`${path}: its patch does not fit`);
        return {contents};
      });
    },
  };
}

const folder = join(projectRoot, 'patches');

function isPatch(name: string): boolean {
  return name.endsWith('.patch');
}

function patchesIn(name: string): readonly (readonly [file: string, patch: StructuredPatch])[] {
  // As patch-package names them: the package's name, where a slash is a plus, and its version.
  const [, packageName = '', version] = /^(.*)\+(.*)\.patch$/.exec(name) ?? [];
  const manifest = join(projectRoot, 'node_modules', packageName.replace('+', '/'), 'package.json');
  const installed = (JSON.parse(readFileSync(manifest, 'utf8')) as {version: string}).version;
  if (installed !== version) throw new Error(`patches/${name}: installed is ${installed}; make a new patch`);
  return parsePatch(readFileSync(join(folder, name), 'utf8')).map((patch) => {
    const file = patch.newFileName?.replace(/^b\//, '') ?? '';
    return [file, patch];
  });
}
