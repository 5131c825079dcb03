import {busyAccount, type HostRun} from '../kills/host-run.ts';
import {problemsIn} from '../kills/judge.ts';
import {databaseRun, type DatabaseRunOptions} from './database-run.ts';
import {openDatabaseWorld} from './database-world.ts';

/**
 * What may die under runs in a database: `npm run test:host:database`. HANDRAIL_KILLS limits the number of requests at
 * which a worker is killed.
 */
const most = Number(process.env['HANDRAIL_KILLS'] ?? Infinity);
/** Simulated seconds in a real one. */
const speed = 20;
/** Every so many batches the server is killed once. */
const serverEvery = 40;

let failures = 0;
const began = performance.now();
const world = await openDatabaseWorld();
const {server} = world;

function say(line: string): void {
  process.stdout.write(`${Math.round((performance.now() - began) / 1000)} s: ${line}\n`);
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
  options: Partial<DatabaseRunOptions>,
): Promise<HostRun | undefined> {
  try {
    const run = await databaseRun(world, {scenario: busyAccount, speed, ...options});
    judged(name, problemsIn(run, undisturbed));
    return run;
  } catch (error) {
    judged(name, [error instanceof Error ? error.message : String(error)]);
    return undefined;
  }
}

async function killsAtEachRequest(undisturbed: HostRun): Promise<void> {
  let killed = 0;
  let gap = 0;
  const count = Math.min(undisturbed.requests.length, most);
  // Evenly over the whole of the run.
  const stride = undisturbed.requests.length / count;
  for (let kill = 0; kill < count; kill += 1) {
    const nth = Math.floor(kill * stride) + 1;
    const moment = kill % 2 === 0 ? 'performed' : 'arrived';
    const before = world.gate.count;
    let dead = false;
    const run = await tried(`worker killed when request ${nth} was ${moment}`, undisturbed, {
      dies: (now, {number}) => {
        const dies = !dead && now === moment && number - before === nth;
        dead ||= dies;
        return dies;
      },
    });
    killed += run?.deaths ?? 0;
    gap = Math.max(gap, run?.gapMs ?? 0);
    if (kill % 10 === 9) say(`${kill + 1} of ${count} kills, longest gap ${Math.round(gap)} ms`);
  }
  say(`worker killed at requests: ${killed} kills, longest gap ${Math.round(gap)} ms`);
}

async function serverKilled(undisturbed: HostRun): Promise<void> {
  let batches = 0;
  let killed = 0;
  let restarts = Promise.resolve();
  await tried('server killed', undisturbed, {
    published: () => {
      batches += 1;
      if (batches % serverEvery !== 0) return;
      killed += 1;
      server.kill();
      restarts = restarts.then(() => server.dead()).then(() => server.restart());
    },
  });
  await restarts;
  say(`server killed ${killed} times in one run`);
}

try {
  const undisturbed = await databaseRun(world, {scenario: busyAccount, speed});
  judged('undisturbed', problemsIn(undisturbed, undisturbed));
  say(`an undisturbed run makes ${undisturbed.requests.length} requests`);
  await serverKilled(undisturbed);
  await killsAtEachRequest(undisturbed);
} finally {
  await world.close();
}
say(`${failures} failed`);
process.exitCode = failures === 0 ? 0 : 1;
