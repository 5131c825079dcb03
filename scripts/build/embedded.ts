import {readdirSync, readFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import {manifest, projectRoot} from './project.ts';

/**
 * What a bundle carries inside instead of reading it from the folders of the source: constants that stand in the
 * source as names which exist only in a bundle.
 */
export function embedded(): Record<string, string> {
  return {
    HANDRAIL_VERSION: JSON.stringify(manifest().version),
    HANDRAIL_RUNBOOKS: JSON.stringify(textsIn(join(projectRoot, 'runbooks'))),
    HANDRAIL_SCENARIOS: JSON.stringify(textsIn(join(projectRoot, 'source/simulator/scenarios'))),
  };
}

/** The YAML files in a folder and below, by their path within it. */
function textsIn(folder: string): Record<string, string> {
  const files = readdirSync(folder, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  return Object.fromEntries(files.map((file) => [relative(folder, file), readFileSync(file, 'utf8')]));
}
