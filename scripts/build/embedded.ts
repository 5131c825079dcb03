import {readdirSync, readFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import {manifest, projectRoot} from './project.ts';

/**
 * What a bundle carries inside instead of reading it from the folders of the source: constants that stand in the
 * source as names which exist only in a bundle. They are strings, the folders as JSON: esbuild would have every module
 * begin with a look at whether an object has been made yet.
 */
export function embedded(): Record<string, string> {
  return {
    HANDRAIL_VERSION: JSON.stringify(manifest().version),
    HANDRAIL_RUNBOOKS: textsIn(join(projectRoot, 'runbooks')),
    HANDRAIL_SCENARIOS: textsIn(join(projectRoot, 'source/simulator/scenarios')),
  };
}

/** The YAML files in a folder and below, by their path within it: as a string of JSON. */
function textsIn(folder: string): string {
  const files = readdirSync(folder, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  const texts = files.map((file): [string, string] => [relative(folder, file), readFileSync(file, 'utf8')]);
  return JSON.stringify(JSON.stringify(Object.fromEntries(texts)));
}
