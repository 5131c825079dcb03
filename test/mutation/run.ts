/* eslint-disable no-console */
import {fork, type ChildProcess} from 'node:child_process';
import {appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync} from 'node:fs';
import {loadavg, tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {parseArgs} from 'node:util';
import {mutants} from './list.ts';
import {mutated} from './mutated.ts';
import type {Mutant} from './mutant.ts';
import {testsOf, type Pace} from './stages.ts';
import type {Order, Verdict} from './tester.ts';

const root = resolve(import.meta.dirname, '../..');

/** What the tests read besides node_modules. */
const copied = ['source', 'test', 'runbooks', 'package.json', 'tsconfig.json', 'vitest.config.ts'];

/** A mutant that goes round for ever is killed by the clock. */
const patienceMs = {fast: 60_000, slow: 300_000} as const;

const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {results: {type: 'string'}, testers: {type: 'string', default: '2'}},
});
const [filter = ''] = positionals;
const chosen = mutants
  .filter(({file, breaks}) => file.includes(filter) || breaks.includes(filter))
  .toSorted((one, other) => Number(other.reaches === 'sent') - Number(one.reaches === 'sent'));
refuseLost();

/** The mutants that an earlier run has killed, by the file of its results. */
const killedBefore = new Map(
  values.results !== undefined && existsSync(values.results)
    ? readFileSync(values.results, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as {mutant: string; killer?: string})
        .flatMap(({mutant, killer}) => (killer === undefined ? [] : [[mutant, killer] as const]))
    : [],
);
const left: Extract<Order, {mutant: Mutant}>[] = chosen
  .filter((mutant) => !killedBefore.has(nameOf(mutant)))
  .map((mutant) => ({mutant, pace: 'fast'}));
const survivors: Mutant[] = [];

await Promise.all(Array.from({length: Number(values.testers)}, (_, index) => tester(index)));
const sent = survivors.filter(({reaches}) => reaches === 'sent').length;
console.log(
  `${chosen.length - survivors.length} of ${chosen.length} killed; ${survivors.length} survived, ${sent} of them change what is sent`,
);
process.exitCode = survivors.length === 0 ? 0 : 1;

/** Tries one mutant after the other in a copy of the repository, until none is left. */
async function tester(index: number): Promise<void> {
  await roomFor(index);
  if (left.length === 0) return;
  const folder = mkdtempSync(join(tmpdir(), 'handrail-mutants-'));
  for (const name of copied) cpSync(join(root, name), join(folder, name), {recursive: true});
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  let child = start(folder);
  try {
    if (index === 0) await refuseFailing(child, 'fast');
    for (let order = await next(index); order !== undefined; order = await next(index)) {
      const {mutant, pace} = order;
      const verdict = await ask(child, order, pace);
      const killer = verdict === undefined ? 'the clock' : verdict.killer;
      // Whoever survives the fast tests meets the slow ones when all others have met the fast ones.
      if (killer === undefined && pace === 'fast') left.push({mutant, pace: 'slow'});
      else report(mutant, killer);
      if (verdict !== undefined) continue;
      cpSync(join(root, mutant.file), join(folder, mutant.file));
      child = start(folder);
    }
    if (index === 0) await refuseFailing(child, 'slow');
  } finally {
    child.kill('SIGKILL');
    rmSync(folder, {recursive: true, force: true});
  }
}

async function next(index: number): Promise<(typeof left)[number] | undefined> {
  await roomFor(index);
  return left.shift();
}

/** Waits while the host has much to do. Only the first tester goes on then. */
async function roomFor(index: number): Promise<void> {
  if (index === 0) return;
  while (left.length > 0 && (loadavg()[0] ?? 0) > 6) await sleep(10_000);
}

/** Throws when a test fails without any mutant: it would seem to kill them all. */
async function refuseFailing(child: ChildProcess, pace: Pace): Promise<void> {
  const verdict = await ask(child, {tests: testsOf(root, pace)}, 'slow');
  if (verdict?.killer !== undefined) throw new Error(`${verdict.killer} fails as it is: no verdict counts`);
}

function start(folder: string): ChildProcess {
  // Node takes the types out by itself: a loader would slow down every thread of the tests.
  return fork(join(import.meta.dirname, 'tester.ts'), [folder], {cwd: folder, execArgv: []});
}

/** Asks a tester about a mutant, or about the tests as they are. Undefined when it takes too long. */
async function ask(child: ChildProcess, about: Order, pace: Pace): Promise<Verdict | undefined> {
  const answer = new Promise<Verdict>((done, fail) => {
    child.once('message', (said) => {
      done(said as Verdict);
    });
    child.once('exit', (code) => {
      fail(new Error(`a tester ended with ${code}`));
    });
  });
  child.send(about);
  const late = new AbortController();
  try {
    return await Promise.race([
      answer,
      sleep(patienceMs[pace], undefined, {signal: late.signal}).then(() => {
        answer.catch(() => {});
        child.removeAllListeners();
        child.kill('SIGKILL');
        return undefined;
      }),
    ]);
  } finally {
    late.abort();
    child.removeAllListeners();
  }
}

function report(mutant: Mutant, killer: string | undefined): void {
  if (killer === undefined) survivors.push(mutant);
  const verdict = killer === undefined ? 'SURVIVED' : 'killed  ';
  console.log(`${verdict}  ${mutant.file}  ${mutant.breaks}  ${killer ?? ''}`);
  if (values.results === undefined) return;
  appendFileSync(values.results, `${JSON.stringify({mutant: nameOf(mutant), killer})}\n`);
}

function nameOf({file, find, replace}: Mutant): string {
  return JSON.stringify([file, find, replace]);
}

/** Ends the program when the text that a mutant replaces is not in its file any more. */
function refuseLost(): void {
  const lost = chosen.flatMap((mutant) => {
    try {
      mutated(mutant, readFileSync(join(root, mutant.file), 'utf8'));
      return [];
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)];
    }
  });
  if (lost.length === 0) return;
  console.error(lost.join('\n\n'));
  console.error(`\n${lost.length} mutants have lost their place: give each the text that now does it`);
  process.exit(2);
}
