import {readdirSync, readFileSync} from 'node:fs';
import {dirname, join, relative} from 'node:path';
import {modelsFor} from '../../source/aws/catalogue/operation-models.ts';
import type {BuiltRunbook} from '../../source/runs/runbooks/prebuilt-runbooks.ts';
import {loadRunbook} from '../../source/runbook/load/load.ts';
import {placeholder} from './contents.ts';
import {manifest, projectRoot} from './project.ts';

/**
 * Returns the constants that a bundle carries instead of reading the source's folders. In the source they are
 * names that exist only in a bundle. They are strings, with folders as JSON, because esbuild would make every
 * module check for an object first. Throws InvalidRunbook when a shipped runbook has a problem.
 */
export async function embedded(): Promise<Record<string, string>> {
  return {
    HANDRAIL_BUILT_RUNBOOKS: JSON.stringify(JSON.stringify(await builtRunbooks())),
    HANDRAIL_PACKAGES: JSON.stringify(placeholder),
    HANDRAIL_VERSION: JSON.stringify(manifest().version),
    HANDRAIL_RUNBOOKS: textsIn(join(projectRoot, 'runbooks')),
    HANDRAIL_SCENARIOS: textsIn(join(projectRoot, 'source/simulator/scenarios')),
  };
}

/** The YAML files in a folder and below but for tests, by their path within it: as a string of JSON. */
function textsIn(folder: string): string {
  const files = readdirSync(folder, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile() && /(?<!\.test)\.yaml$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  const texts = files.map((file): [string, string] => [relative(folder, file), readFileSync(file, 'utf8')]);
  return JSON.stringify(JSON.stringify(Object.fromEntries(texts)));
}

/** JSON of each shipped runbook as it is run, by its file. */
async function builtRunbooks(): Promise<Record<string, string>> {
  const folder = join(projectRoot, 'runbooks');
  const built: Record<string, string> = {};
  for (const name of readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .toSorted()) {
    const loaded = loadRunbook(join(folder, name));
    await modelsFor(loaded);
    const {runbook, sha256} = loaded;
    const included = loaded.included.map((file) => [file.name, join(dirname(name), file.name)] as const);
    built[name] = JSON.stringify({
      runbook,
      sha256,
      included: Object.fromEntries(included),
    } satisfies BuiltRunbook);
  }
  return built;
}
