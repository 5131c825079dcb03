import {execFileSync} from 'node:child_process';
import {manifest, projectRoot} from './build/project.ts';

// Publishes the package, with a statement on the build's origin. By default it tries everything and publishes
// nothing. `--really` publishes, and only from a continuous integration that can vouch for the build.
const really = process.argv.includes('--really');
const run = (command: string, ...args: string[]): void =>
  void execFileSync(command, args, {cwd: projectRoot, stdio: 'inherit'});
const read = (command: string, ...args: string[]): string =>
  execFileSync(command, args, {cwd: projectRoot, encoding: 'utf8'}).trim();

const {version, repository} = manifest();
const problems = [
  read('git', 'status', '--porcelain') === '' ? '' : 'the working tree has changes that are in no commit',
  read('git', 'tag', '--points-at', 'HEAD').split('\n').includes(`v${version}`)
    ? ''
    : `this commit has no tag v${version}`,
  process.env['CI'] === undefined
    ? 'provenance needs a continuous integration with an identity token (CI is not set)'
    : '',
  repository === undefined
    ? 'package.json names no repository, without which npm refuses provenance (E422)'
    : '',
].filter((problem) => problem !== '');
for (const problem of problems) process.stderr.write(`publish: ${problem}\n`);
if (really && problems.length > 0) process.exit(1);

run('npm', 'ci');
run('npm', 'test');
run('npm', 'publish', ...(really ? ['--provenance', '--access', 'public'] : ['--dry-run']));
