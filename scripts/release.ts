import {execFileSync} from 'node:child_process';
import {copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {manifest, projectRoot} from './build/project.ts';
import {checksumLines} from './release/checksums.ts';
import {releaseNotes} from './release/release-notes.ts';

// Makes dist/release: the package, the executables, their parts lists, checksums and notes. It publishes nothing.
// Run: npm run release [-- --sign-key FILE], the file an SSH key; its agent may hold the private part.
const {values} = parseArgs({options: {'sign-key': {type: 'string'}}});
const {version} = manifest();
const out = join(projectRoot, 'dist/release');
const run = (command: string, ...args: string[]): void =>
  void execFileSync(command, args, {cwd: projectRoot, stdio: ['ignore', 'inherit', 'inherit']});

const changes = execFileSync('git', ['status', '--porcelain'], {cwd: projectRoot, encoding: 'utf8'});
if (changes !== '') {
  process.stderr.write('release: the working tree has changes that are in no commit\n');
  process.exit(1);
}
const notes = releaseNotes(readFileSync(join(projectRoot, 'CHANGELOG.md'), 'utf8'), version);

run('npm', 'ci');
run('npm', 'test');
run('npm', 'run', '-s', 'build:executables');
rmSync(out, {recursive: true, force: true});
mkdirSync(out, {recursive: true});
// Packing builds dist/ again, from the same sources.
run('npm', 'pack', '--silent', '--pack-destination', out);
const executables = join(projectRoot, 'dist/executables');
for (const name of readdirSync(executables)) copyFileSync(join(executables, name), join(out, name));
for (const name of ['sbom.cdx.json', 'third-party-licenses.txt']) {
  copyFileSync(join(projectRoot, 'dist', name), join(out, name));
}
writeFileSync(join(out, 'SHA256SUMS'), checksumLines(out, readdirSync(out)));
writeFileSync(join(out, 'NOTES.md'), notes);
const key = values['sign-key'];
if (key !== undefined) {
  run('ssh-keygen', '-Y', 'sign', '-n', 'handrail-release', '-f', key, join(out, 'SHA256SUMS'));
}
for (const name of readdirSync(out).toSorted()) process.stdout.write(`${join(out, name)}\n`);
