// npm start: runs the built program, which starts several times as fast as the source. Builds it where it is missing or
// older than the source. Plain JavaScript, so that nothing has to be loaded before.
import {spawnSync} from 'node:child_process';
import {readdirSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const args = process.argv.slice(2);

if (isCurrent() || built()) await import(pathToFileURL(join(root, 'dist/handrail.cjs')).href);
else process.exitCode = run('source/cli.ts', args).status ?? 1;

/** Returns true if nothing that goes into the program is newer than it. */
function isCurrent() {
  // Written last: a build that was cut short is none.
  const made = modified('dist/third-party-licenses.txt');
  const folders = ['source', 'runbooks', 'scripts', 'patches'];
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), {recursive: true}).map((name) => join(folder, String(name))),
  );
  return ['package-lock.json', ...files].every((file) => modified(file) <= made);
}

function modified(file) {
  return statSync(join(root, file), {throwIfNoEntry: false})?.mtimeMs ?? 0;
}

function built() {
  process.stderr.write('Building Handrail: the next start will be faster.\n');
  return run('scripts/build.ts', []).status === 0;
}

function run(script, given) {
  return spawnSync(process.execPath, ['--import', 'tsx', script, ...given], {cwd: root, stdio: 'inherit'});
}
