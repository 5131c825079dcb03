/* eslint-disable no-console */
import {spawn} from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {mutants} from './list.ts';
import type {Mutant} from './mutant.ts';

const root = resolve(import.meta.dirname, '../..');

/** Files that the tests read besides node_modules. */
const copied = ['source', 'test', 'runbooks', 'package.json', 'tsconfig.json', 'vitest.config.ts'];

const rooms = readdirSync(join(root, 'source/engine'), {withFileTypes: true});

/** Each room's tests, without those that play whole runs. */
const unitTests = rooms.flatMap((room) => (room.isDirectory() ? [`test/engine/${room.name}/`] : []));

/** Tests in the order of their speed: most mutants are killed by the first, and only survivors meet the last. */
function stages({file}: Mutant): readonly (readonly string[])[] {
  const own = file.replace(/^source\//, 'test/').replace(/\.ts$/, '.test.ts');
  return [
    ...(existsSync(join(root, own)) ? [[own]] : []),
    [...unitTests, 'test/journal'],
    ['test/engine/'],
    ['test/resume', 'test/commands', 'test/crash', 'test/faults'],
  ];
}

/** The text of a mutant's file with the wrong line. Throws when the line is not there exactly once. */
function mutated({file, find, replace}: Mutant, text: string): string {
  const times = text.split(find).length - 1;
  if (times !== 1) throw new Error(`${file}: this text occurs ${times} times, not once:\n${find}`);
  return text.replace(find, () => replace);
}

/**
 * Returns true if a test fails. A test that finds no file of its name would pass every mutant, so that is an error.
 */
async function fails(folder: string, tests: readonly string[]): Promise<boolean> {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const options = ['run', '--bail=1', '--reporter=dot', '--maxWorkers=1'];
  const child = spawn(process.execPath, [vitest, ...options, ...tests], {cwd: folder});
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said += String(chunk)));
  const code = await new Promise<number | null>((done) => child.on('close', done));
  if (/No test files found/.test(said)) throw new Error(`no tests: ${tests.join(' ')}`);
  return code !== 0;
}

/** Returns the tests that killed the mutant; undefined when it survives all of them. */
async function killedBy(folder: string, mutant: Mutant): Promise<string | undefined> {
  const file = join(folder, mutant.file);
  const original = readFileSync(file, 'utf8');
  writeFileSync(file, mutated(mutant, original));
  try {
    for (const tests of stages(mutant)) if (await fails(folder, tests)) return tests.join(' ');
    return undefined;
  } finally {
    writeFileSync(file, original);
  }
}

const [filter = ''] = process.argv.slice(2);
const chosen = mutants.filter(({file, breaks}) => file.includes(filter) || breaks.includes(filter));
const lost = chosen.flatMap((mutant) => {
  try {
    mutated(mutant, readFileSync(join(root, mutant.file), 'utf8'));
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
});
if (lost.length > 0) {
  console.error(lost.join('\n\n'));
  console.error(`\n${lost.length} mutants have lost their place: give each the text that now does it`);
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'handrail-mutants-'));
const survivors: Mutant[] = [];
try {
  for (const name of copied) cpSync(join(root, name), join(folder, name), {recursive: true});
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  // A test that fails without any mutant would seem to kill them all.
  if (await fails(folder, [...unitTests, 'test/journal'])) throw new Error('the tests fail as they are');
  for (const mutant of chosen) {
    const killer = await killedBy(folder, mutant);
    if (killer === undefined) survivors.push(mutant);
    console.log(
      `${killer === undefined ? 'SURVIVED' : 'killed  '}  ${mutant.file}  ${mutant.breaks}  ${killer ?? ''}`,
    );
  }
} finally {
  rmSync(folder, {recursive: true, force: true});
}
const sent = survivors.filter(({reaches}) => reaches === 'sent').length;
console.log(
  `${chosen.length - survivors.length} of ${chosen.length} killed; ${survivors.length} survived, ${sent} of them change what is sent`,
);
process.exitCode = survivors.length === 0 ? 0 : 1;
