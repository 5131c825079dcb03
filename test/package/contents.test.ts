import {execFileSync} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';
import {isBuiltin} from 'node:module';
import {join} from 'node:path';
import {expect, it} from 'vitest';

const root = join(import.meta.dirname, '../..');

interface Packed {
  readonly files: readonly {readonly path: string; readonly size: number}[];
  readonly size: number;
}

it('packs the program, its runbooks and its pages, and nothing of the workshop', () => {
  const output = execFileSync('npm', ['pack', '--dry-run', '--json'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  // What `prepack` prints comes first.
  const [packed] = JSON.parse(output.slice(output.indexOf('[\n'))) as readonly Packed[];
  const paths = packed?.files.map(({path}) => path) ?? [];
  for (const needed of [
    'dist/handrail.cjs',
    'dist/main.mjs',
    'dist/sbom.cdx.json',
    'dist/third-party-licenses.txt',
    'man/handrail.1',
    'LICENSE',
    'runbooks/delete-service-linked-role.yaml',
  ]) {
    expect(paths).toContain(needed);
  }
  expect(
    paths.filter((path) =>
      /^(source|test|benchmark|scripts|patches|node_modules)\/|^docs\/(architecture|benchmarks|decisions)|executables|\.(tgz|jsonl|ts|svg)$/.test(
        path,
      ),
    ),
  ).toEqual([]);
  expect(packed?.size).toBeLessThan(3_000_000);
});

it('imports none of Node’s own modules: that would load fetch and WebSocket with http, at each start', () => {
  const folder = join(root, 'dist');
  const files = ['main.mjs', ...readdirSync(join(folder, 'chunks')).map((name) => join('chunks', name))];
  const imports = files.flatMap((file) => [
    ...readFileSync(join(folder, file), 'utf8').matchAll(/import[^"';]*"((?:node:)?[a-z_/]+)"/g),
  ]);
  expect(files.length).toBeGreaterThan(100);
  expect(imports.filter(([, path = '']) => isBuiltin(path)).map(([statement]) => statement)).toEqual([]);
});
