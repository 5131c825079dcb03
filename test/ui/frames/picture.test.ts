import {execFile} from 'node:child_process';
import {mkdtempSync, readFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {expect, test} from 'vitest';

/** The decisions in a picture, as text. Between them, the order of what happened in one second is AWS's to choose. */
function decisionsIn(file: string): readonly (readonly string[])[] {
  const svg = readFileSync(file, 'utf8');
  const rows = new Map(
    [...svg.matchAll(/<g id="(r\d+)">(.*?)<\/g>/g)].map(([, id = '', row = '']) => [
      id,
      row.replaceAll(/<[^>]+>/g, '').trimEnd(),
    ]),
  );
  return [...svg.matchAll(/<g class="f f\d+">(.*?)<\/g>/g)]
    .map(([, frame = '']) => [...frame.matchAll(/href="#(r\d+)"/g)].map(([, id = '']) => rows.get(id) ?? ''))
    .filter((frame) => frame.some((row) => row.includes('DECISION')));
}

test('the README’s picture shows the decisions of a run of today; npm run picture makes it', async () => {
  const made = join(mkdtempSync(join(tmpdir(), 'handrail-picture-')), 'run.svg');
  await promisify(execFile)(process.execPath, ['--import', 'tsx', 'scripts/readme-picture.ts', made]);
  const decisions = decisionsIn('docs/run.svg');
  expect(decisions.length).toBeGreaterThanOrEqual(3);
  expect(decisionsIn(made)).toEqual(decisions);
});

// A fleet of 57 accounts for a picture: `npm run test:numbers` makes it.
test.runIf(process.env['HANDRAIL_MATRIX'] === 'all')(
  'the README’s picture of a fleet shows the waves of today; npm run picture makes it',
  {timeout: 300_000},
  async () => {
    const made = join(mkdtempSync(join(tmpdir(), 'handrail-picture-')), 'fleet.svg');
    await promisify(execFile)(process.execPath, ['--import', 'tsx', 'scripts/fleet-picture.ts', made]);
    const decisions = decisionsIn('docs/fleet.svg');
    expect(decisions).toHaveLength(5);
    expect(decisionsIn(made)).toEqual(decisions);
  },
);
