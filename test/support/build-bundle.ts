import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {program} from '../../scripts/build/program.ts';

/** Builds the bundle that the tests of the whole program start, once for all projects of a test run. */
export default async function buildBundle(): Promise<(() => void) | undefined> {
  if (process.env['HANDRAIL_BUNDLE'] !== undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'handrail-bundle-'));
  process.env['HANDRAIL_BUNDLE'] = folder;
  if (['', 'bundle'].includes(process.env['HANDRAIL_PROGRAM'] ?? '')) await program('source/cli.ts', folder);
  return () => {
    delete process.env['HANDRAIL_BUNDLE'];
    rmSync(folder, {recursive: true, force: true});
  };
}
