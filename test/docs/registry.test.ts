import {globSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';

const root = join(import.meta.dirname, '../..');

test('no text installs Handrail by a name that anyone could register', () => {
  const texts = [
    'README.md',
    'CONTRIBUTING.md',
    'SECURITY.md',
    'package.json',
    'docs/**/*.md',
    'source/**/*.ts',
  ];
  const files = texts.flatMap((pattern) => globSync(pattern, {cwd: root}));
  expect(files.length).toBeGreaterThan(100);
  const byName = /\b(npx|npm (install|i|exec)( -g| --global)?|yarn dlx|pnpm dlx|bunx) handrail\b/;
  expect(files.filter((file) => byName.test(readFileSync(join(root, file), 'utf8')))).toEqual([]);
});
