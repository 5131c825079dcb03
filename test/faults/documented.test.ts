import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {classTable, tableFile} from './table.ts';

test('docs/faults.md has the table of failures and remedies as it is: npm run -s faults > docs/faults.md', async () => {
  expect(readFileSync(tableFile, 'utf8')).toContain(await classTable());
});
