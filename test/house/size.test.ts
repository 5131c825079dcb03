import {readdirSync, readFileSync} from 'node:fs';
import {join, relative, resolve} from 'node:path';
import {expect, it} from 'vitest';

// A file that does one thing fits on a few screens, and a folder can be read at a glance.
const mostLines = 300;
const mostFiles = 15;

const root = resolve(import.meta.dirname, '../..');
const files = ['source', 'scripts', 'benchmark'].flatMap((room) =>
  readdirSync(join(root, room), {recursive: true, withFileTypes: true}).filter((entry) => entry.isFile()),
);

it(`has no file of more than ${mostLines} lines`, () => {
  const long = files
    .filter(({name}) => /\.(tsx?|cjs)$/.test(name))
    .map(({parentPath, name}) => join(parentPath, name))
    .map((file) => `${relative(root, file)}: ${readFileSync(file, 'utf8').trimEnd().split('\n').length}`)
    .filter((line) => Number(line.split(': ')[1]) > mostLines);
  expect(long).toEqual([]);
});

it(`has no folder with more than ${mostFiles} files directly in it`, () => {
  const folders = Map.groupBy(files, ({parentPath}) => relative(root, parentPath));
  const full = [...folders]
    .filter(([folder, inside]) => inside.length > mostFiles && folder !== 'source/simulator/scenarios')
    .map(([folder, inside]) => `${folder}: ${inside.length}`);
  expect(full).toEqual([]);
});
