import {join} from 'node:path';
import {freePort} from '../../support/free-port.ts';
import {openHostWorld} from './host-world.ts';
import {hostRun, type HostRun, type HostRunOptions} from './host-run.ts';
import {problemsIn} from './judge.ts';
import {lostOnce} from './lost-once.ts';
import {twoWorkers} from './two-workers.ts';
import type {Moment} from './worker-order.ts';

/**
 * The whole of what may die under a run of an engine: `npm run test:host`. HANDRAIL_KILLS limits the number of events at
 * which a worker is killed; HANDRAIL_MATRIX=all kills at each of the three moments of each.
 */
const moments: readonly Moment[] = ['before', 'decided', 'kept'];
const everyMoment = process.env['HANDRAIL_MATRIX'] === 'all';
const most = Number(process.env['HANDRAIL_KILLS'] ?? Infinity);
const bigKills = Number(process.env['HANDRAIL_BIG_KILLS'] ?? 6);
/** The shipped account of 34 Regions, in which a run once stood still for ever. */
const big = join(import.meta.dirname, '../../../source/simulator/scenarios/default.yaml');

let failures = 0;
const began = performance.now();
const world = await openHostWorld();

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function seconds(): number {
  return Math.round((performance.now() - began) / 1000);
}

function judged(name: string, problems: readonly string[]): void {
  if (problems.length === 0) return;
  failures += 1;
  say(`✗ ${name}\n${problems.map((problem) => `    ${problem}`).join('\n')}`);
}

/** Runs and judges. Returns the run; undefined where it stood still. */
async function tried(
  name: string,
  undisturbed: HostRun,
  options: HostRunOptions,
): Promise<HostRun | undefined> {
  try {
    const run = await hostRun(world, options);
    judged(name, problemsIn(run, undisturbed));
    return run;
  } catch (error) {
    judged(name, [error instanceof Error ? error.message : String(error)]);
    return undefined;
  }
}

async function killsAtEachEvent(undisturbed: HostRun, turns: number): Promise<void> {
  let killed = 0;
  let gap = 0;
  for (let nth = 1; nth <= Math.min(turns, most); nth += 1) {
    const chosen = everyMoment ? moments : moments.slice(nth % 3, (nth % 3) + 1);
    for (const moment of chosen) {
      const name = `worker killed ${moment} turn ${nth}`;
      const trouble = {kind: 'kill', step: 'turn', nth, moment} as const;
      const run = await tried(name, undisturbed, {trouble});
      killed += run?.deaths ?? 0;
      gap = Math.max(gap, run?.gapMs ?? 0);
    }
    if (nth % 20 === 0) say(`  ${nth} of ${turns} turns after ${seconds()} s`);
  }
  say(`worker killed at each turn: ${killed} kills, longest gap ${Math.round(gap)} ms`);
}

async function serverAtEveryFifth(undisturbed: HostRun, turns: number): Promise<void> {
  let killed = 0;
  let gap = 0;
  for (let nth = 5; nth <= Math.min(turns, most * 5); nth += 5) {
    const moment = moments[(nth / 5) % 3] ?? 'kept';
    const run = await tried(`server killed ${moment} turn ${nth}`, undisturbed, {
      trouble: ({server}) => ({kind: 'kill', step: 'turn', nth, moment, pid: server.pid}),
    });
    killed += run?.deaths ?? 0;
    gap = Math.max(gap, run?.gapMs ?? 0);
  }
  say(`server killed at every fifth turn: ${killed} kills, longest gap ${Math.round(gap)} ms`);
}

async function callsKilled(undisturbed: HostRun): Promise<void> {
  for (const operation of [
    'imagebuilder:UpdateImagePipeline',
    'imagebuilder:CancelImageCreation',
    'iam:DeleteServiceLinkedRole',
  ]) {
    for (const moment of moments) {
      await tried(`worker killed ${moment} the call of ${operation}`, undisturbed, {
        trouble: {kind: 'kill', step: 'call', nth: 1, moment, operation},
      });
    }
  }
  say('worker killed in calls of each change: 9 runs');
}

async function bigAccount(): Promise<void> {
  const undisturbed = await hostRun(world, {scenario: big});
  let kills = 0;
  let stuck = 0;
  for (let repeat = 1; repeat <= bigKills; repeat += 1) {
    let batches = 0;
    const run = await tried(`34 Regions, repeat ${repeat}`, undisturbed, {
      scenario: big,
      published: (_events, {kill}) => {
        batches += 1;
        if (batches % (20 + repeat * 7) === 0) kill();
      },
    });
    kills += run?.deaths ?? 0;
    if (run === undefined) stuck += 1;
  }
  say(`34 Regions: ${bigKills} runs, ${kills} kills of the worker, ${stuck} stood still`);
}

try {
  // Answers that come together are one turn: how many turns a run has is a matter of time.
  let turns = 0;
  const undisturbed = await hostRun(world, {
    published: (events) => {
      if (events.length > 0) turns += 1;
    },
  });
  judged('undisturbed', problemsIn(undisturbed, undisturbed));
  say(`a busy run: ${undisturbed.events.length} events, ${turns} turns`);
  await tried('warm and cold handlers in turn', undisturbed, {trouble: {kind: 'twins'}});
  say(`warm and cold handlers in turn after ${seconds()} s`);
  const lost = await lostOnce(world);
  judged(
    'a call that must not be made twice',
    lost.sentBefore === 1 && lost.made === 1 ? [] : [JSON.stringify(lost)],
  );
  say(`a call that must not be made twice: ${JSON.stringify(lost)}`);
  await bigAccount();
  await callsKilled(undisturbed);
  await serverAtEveryFifth(undisturbed, turns);
  await killsAtEachEvent(undisturbed, turns);
  // Last: from here on the engine knows another address.
  const gap = await twoWorkers(world, await freePort());
  judged('two workers', gap.problems);
  say(`two workers, one killed: longest gap ${Math.round(gap.gapMs)} ms`);
} finally {
  world.close();
}
say(`test:host: ${failures} failed, ${seconds()} s`);
process.exitCode = failures === 0 ? 0 : 1;
