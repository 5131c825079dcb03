import {execFileSync} from 'node:child_process';
import {chmodSync, existsSync, mkdirSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {projectRoot} from './build/project.ts';

// Makes single-file executables of the bundle with Bun. docs/decisions says why not Node's. Bun is no
// dependency; it is installed into a separate folder. Run: npm run build:executables [-- --all]
const bunVersion = '1.4.5';
const targets: Readonly<Record<string, string>> = {
  // Runs without AVX2, too: older bastions and some virtual machines have none.
  'linux-x64': 'bun-linux-x64-baseline',
  'linux-arm64': 'bun-linux-aarch64',
};
/** Made on request: they cannot be run where they are made, so nothing here has tried them. */
const untried: Readonly<Record<string, string>> = {
  'darwin-x64': 'bun-darwin-x64',
  'darwin-arm64': 'bun-darwin-aarch64',
};

const {values} = parseArgs({options: {all: {type: 'boolean'}}});
const tools = join(projectRoot, 'node_modules/.cache/executables');
const out = join(projectRoot, 'dist/executables');
mkdirSync(tools, {recursive: true});
mkdirSync(out, {recursive: true});
writeFileSync(join(tools, 'package.json'), '{"private": true}');

const builder = bunOf(targets[`linux-${process.arch}`] ?? 'bun-linux-x64-baseline');
for (const [name, packageName] of Object.entries({...targets, ...(values.all === true ? untried : {})})) {
  const outfile = join(out, `handrail-${name}`);
  execFileSync(
    builder,
    [
      'build',
      '--compile',
      '--bytecode',
      '--format=esm',
      `--target=${packageName}`,
      // Bun by default runs the files that a bunfig.toml in the current folder names, and takes variables from
      // its .env.
      '--no-compile-autoload-bunfig',
      '--no-compile-autoload-dotenv',
      '--no-compile-autoload-tsconfig',
      // Without it no package is found at all, neither beside the executable nor by NODE_PATH.
      '--compile-autoload-package-json',
      `--compile-executable-path=${bunOf(packageName)}`,
      join(projectRoot, 'dist/main.mjs'),
      `--outfile=${outfile}`,
    ],
    {stdio: ['ignore', 'ignore', 'inherit']},
  );
  process.stdout.write(`${outfile}  ${(statSync(outfile).size / 2 ** 20).toFixed(0)} MiB\n`);
}

/** The Bun of a platform, as the registry has it; installed when it is not there yet. */
function bunOf(packageName: string): string {
  const file = join(tools, 'node_modules/@oven', packageName, 'bin/bun');
  if (!existsSync(file)) {
    // Forced, since the package of another platform is wanted here.
    const options = [
      '--force',
      '--no-save',
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      '--loglevel=error',
    ];
    const packages = [...new Set([...installed(), packageName])].map((name) => `@oven/${name}@${bunVersion}`);
    execFileSync('npm', ['install', ...options, ...packages], {
      cwd: tools,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  chmodSync(file, 0o755);
  return file;
}

/** Packages that are already there: npm removes those it is not asked for. */
function installed(): readonly string[] {
  return Object.values({...targets, ...untried}).filter((name) =>
    existsSync(join(tools, 'node_modules/@oven', name)),
  );
}
