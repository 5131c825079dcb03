import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {runInNewContext} from 'node:vm';
import {expect, it} from 'vitest';

const entry = join(import.meta.dirname, '../../scripts/build/entry.cjs');

it('tells an old Node in one plain line what is needed, and loads nothing', () => {
  const said: string[] = [];
  const process = {
    versions: {node: '12.22.9'},
    stderr: {write: (text: string) => said.push(text)},
    exitCode: 0,
  };
  const source = readFileSync(entry, 'utf8').replace(/^#!.*/, '');
  runInNewContext(source, {process, require: () => said.push('loaded')});
  expect(said).toEqual(['handrail: this is Node 12.22.9, and Node 22 or newer is needed\n']);
  expect(process.exitCode).toBe(2);
});

it('is written so that an old Node can read it', () => {
  const code = readFileSync(entry, 'utf8').replaceAll(/\/\/.*/g, '');
  expect(code).not.toMatch(/=>|`|\b(const|let|class|async|await)\b|\?\.|\?\?/);
});

it('asks for the same Node as package.json', () => {
  const {engines} = JSON.parse(readFileSync(join(entry, '../../../package.json'), 'utf8')) as {
    engines: {node: string};
  };
  expect(engines.node).toBe(`>=${/needed = (\d+)/.exec(readFileSync(entry, 'utf8'))?.[1]}`);
});
