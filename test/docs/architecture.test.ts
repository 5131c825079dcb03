import {existsSync, readFileSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {expect, it} from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** Paths of files that the page names in code style: from `source` on, or from the root. */
function named(): readonly string[] {
  const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
  return [...page.matchAll(/`([\w.-]+(?:\/[\w.-]+)+\.(?:tsx?|md|yaml|json))`/g)].map(([, path = '']) => path);
}

it('the page on the architecture names files that exist, but for those that its example adds', () => {
  const paths = named();
  const missing = paths.filter(
    (path) => !existsSync(join(root, 'source', path)) && !existsSync(join(root, path)),
  );
  expect(paths.length).toBeGreaterThan(10);
  expect(missing.filter((path) => !path.endsWith('/pause.ts'))).toEqual([]);
});

it('the example adds a file only where the other kinds of action have theirs', () => {
  const added = named().filter((path) => path.endsWith('/pause.ts'));
  expect(added.length).toBeGreaterThan(0);
  for (const path of added) {
    for (const sibling of ['actions.ts', 'wait-until.ts']) {
      expect(existsSync(join(root, 'source', path, '..', sibling)), path).toBe(true);
    }
  }
});
