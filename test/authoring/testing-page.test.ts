import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, it} from 'vitest';
import {runTestFile} from '../../source/authoring/tests/run-tests.ts';
import {writers} from '../../source/commands/authoring/test-output.ts';
import {built} from '../runbook/tutorial-page.ts';

const page = readFileSync(new URL('../../docs/language/testing.md', import.meta.url), 'utf8');
const [, written = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
const [, shown = ''] = /```console\n\$ handrail test pause\S+\n([\s\S]*?)```/.exec(page) ?? [];
const folder = mkdtempSync(join(tmpdir(), 'handrail-test-'));
writeFileSync(join(folder, 'pause-pipelines.yaml'), built);

async function output(text: string): Promise<string> {
  const file = join(folder, 'pause-pipelines.test.yaml');
  writeFileSync(file, text);
  return (writers['text']?.([await runTestFile(file)]) ?? '').replaceAll(`${folder}/`, '');
}

it("the test of the page passes on the tutorial's runbook, and prints what the page shows", async () => {
  expect(await output(written)).toBe(shown);
});

it('the failure that the page shows is how it is said', async () => {
  const [, failure = ''] = /```text\n\S+?:\d+:\d+: (.*)\n```/.exec(page) ?? [];
  expect(await output(written.replace('end: done', 'end: declined'))).toContain(failure);
});
