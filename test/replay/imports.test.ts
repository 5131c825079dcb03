import {existsSync, readFileSync} from 'node:fs';
import {dirname, relative, resolve} from 'node:path';
import {describe, expect, test} from 'vitest';

const source = resolve(import.meta.dirname, '../../source');

/** Everything that a module loads, itself or through others, at once or later; types are gone by then. */
function reaches(entry: string): {
  readonly files: ReadonlySet<string>;
  readonly packages: ReadonlySet<string>;
} {
  const files = new Set<string>();
  const packages = new Set<string>();
  const open = [resolve(source, entry)];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (files.has(file) || !existsSync(file)) continue;
    files.add(file);
    const text = readFileSync(file, 'utf8').replace(/^import type [^;]+;/gm, '');
    for (const [, target = ''] of text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)) {
      if (target.startsWith('.')) open.push(resolve(dirname(file), target));
      else packages.add(target);
    }
  }
  return {files: new Set([...files].map((file) => relative(source, file))), packages};
}

describe.each(['commands/replay.ts', 'commands/report.ts'])('%s', (entry) => {
  const {files, packages} = reaches(entry);

  test('reaches the screen and the journal, so that the search is known to work', () => {
    expect([...files]).toContain('journal/read.ts');
    expect([...files]).toContain('ui/run/run-screen.tsx');
    expect([...packages]).toContain('ink');
  });

  test('imports no AWS client and nothing that could call AWS', () => {
    expect([...packages].filter((name) => /aws|smithy/.test(name))).toEqual([]);
    expect([...files].filter((file) => /^(aws|simulator)\/|engine\/run\.ts$/.test(file))).toEqual([]);
  });
});
