import {expect, test} from 'vitest';
import {homeHelpKeys, homeKeys} from '../../source/ui/home/home-keys.ts';
import {runTables} from '../../source/ui/run/keys/tables.ts';
import {fleetTables} from '../../source/ui/fleet/screen/keys/tables.ts';
import {transportKeys} from '../../source/ui/replay/transport-keys.ts';
import {keysDocument} from './keys-document.ts';

const tables = [
  homeKeys,
  homeHelpKeys,
  ...Object.values(runTables),
  ...Object.values(fleetTables),
  transportKeys,
];

test('docs/keys.md is what the tables of keys say: `npm run screens` writes it again', async () => {
  await expect(keysDocument()).toMatchFileSnapshot('../../docs/keys.md');
});

test.each(tables.map((table) => [table.title, table] as const))('%s: no key means two things', (_, table) => {
  const keys = table.bindings.flatMap((binding) => [...binding.keys]);
  expect(keys.toSorted()).toEqual([...new Set(keys)].toSorted());
});

test.each(
  [homeKeys, homeHelpKeys, ...Object.values(runTables), ...Object.values(fleetTables)].map(
    ({title, bindings}) => [title, bindings] as const,
  ),
)('%s: leaving and suspending are at hand', (_, bindings) => {
  const keys = bindings.flatMap((binding) => [...binding.keys]);
  expect(keys).toContain('ctrl-c');
  expect(keys).toContain('ctrl-z');
});
