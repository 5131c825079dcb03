import {existsSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import type {Mutant} from './mutant.ts';

/** Tests that take a second altogether, and those that play whole runs and take many. */
export type Pace = 'fast' | 'slow';

/** Returns all tests of a pace. */
export function testsOf(root: string, pace: Pace): readonly string[] {
  const {rooms, runs} = engineTests(root);
  return pace === 'slow' ? runs : [...rooms, 'test/journal/'];
}

/** Returns the tests that a mutant meets, in their order: its own first. */
export function stagesOf(
  root: string,
  {file, tests = []}: Mutant,
  pace: Pace,
): readonly (readonly string[])[] {
  const {rooms, runs} = engineTests(root);
  if (pace === 'slow') return [tests, runs].filter((stage) => stage.length > 0);
  const own = file.replace(/^source\//, 'test/').replace(/\.ts$/, '.test.ts');
  return [
    ...(existsSync(join(root, own)) ? [[own]] : []),
    file.startsWith('source/journal/') ? ['test/journal/'] : rooms,
  ];
}

/** Returns the engine's tests: those of each room, and beside the rooms those that play whole runs. */
function engineTests(root: string): {readonly rooms: readonly string[]; readonly runs: readonly string[]} {
  const entries = readdirSync(join(root, 'test/engine'), {withFileTypes: true});
  const runs = entries.filter(({name}) => name.endsWith('.test.ts'));
  return {
    rooms: entries.flatMap((entry) => (entry.isDirectory() ? [`test/engine/${entry.name}/`] : [])),
    runs: runs.map(({name}) => `test/engine/${name}`),
  };
}
