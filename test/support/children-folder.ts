import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/** Makes a folder in which the tests of a run share the programs that they kill: see test/crash/bundle.ts. */
export default function childrenFolder(): (() => void) | undefined {
  if (process.env['HANDRAIL_CHILDREN'] !== undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'handrail-children-'));
  process.env['HANDRAIL_CHILDREN'] = folder;
  return () => {
    delete process.env['HANDRAIL_CHILDREN'];
    rmSync(folder, {recursive: true, force: true});
  };
}
