import {spawn} from 'node:child_process';
import {readdirSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {text} from 'node:stream/consumers';
import {evolveFleetAll} from '../../source/fleet/evolve.ts';
import {readJournal, readRecords} from '../../source/journal/read.ts';
import {readFleet} from '../../source/runs/fleet/fleet-journal.ts';
import {simulatedFleet, type SimulatedFleet} from '../support/simulated-fleet.ts';
import type {JournalKill} from './child-order.ts';
import {timeOn, type FactorClock} from './factor-clock.ts';
import type {FleetChildOrder} from './fleet-child.ts';
import {changedTwice, deletedTwice} from './mutations.ts';

const worlds = {
  '000000000012': {builds: 1, schedules: 1},
  '000000000013': {},
  '000000000014': {schedules: 1},
  // None of the fleet's: nothing may happen there.
  '000000000099': {schedules: 1},
};
const accounts = ['000000000012', '000000000013', '000000000014'];
const confirm = 'AWSServiceRoleForImageBuilder in 3 accounts';

/** How a process of a fleet ended. */
interface Ended {
  readonly killed: boolean;
  readonly code: number | null;
  readonly said: string;
}

/** Runs a fleet that nobody kills. Returns the number of its journal writes. */
export async function fleetWrites(bundle: string): Promise<number> {
  const [first, problems] = await playedFleet(bundle, []);
  if (problems.length > 0) throw new Error(problems.join('; '));
  return Number(first?.said.trim());
}

/** Kills a fleet at a moment of its journals, and its resumption too; then brings it to its end. Returns what is wrong. */
export async function fleetKilledAt(
  bundle: string,
  ...kills: readonly JournalKill[]
): Promise<readonly string[]> {
  const [, problems] = await playedFleet(bundle, kills);
  return problems;
}

async function playedFleet(
  bundle: string,
  kills: readonly JournalKill[],
): Promise<readonly [Ended | undefined, readonly string[]]> {
  const clock: FactorClock = {origin: Date.now(), factor: 20, skipped: 0};
  const world = await simulatedFleet(worlds, () => timeOn(clock));
  try {
    const ends: Ended[] = [];
    for (const kill of [...kills, undefined]) {
      const file = journalIn(world);
      if (file !== undefined && readFleet(file).events.at(-1)?.type === 'fleet-ended') break;
      const {endpoint, stateHome} = world;
      const order: FleetChildOrder = {
        endpoint,
        stateHome,
        accounts,
        confirm,
        clock,
        ...(file === undefined ? {} : {file}),
        ...(kill === undefined ? {} : {kill}),
      };
      ends.push(await ended(bundle, order));
    }
    const wrong = ends.filter(({killed, code}) => !killed && code !== 0).map(({said}) => `it ended: ${said}`);
    return [ends[0], [...wrong, ...problemsIn(world)]];
  } finally {
    await world.close();
    rmSync(world.stateHome, {recursive: true, force: true});
  }
}

async function ended(bundle: string, order: FleetChildOrder): Promise<Ended> {
  const child = spawn(process.execPath, ['--enable-source-maps', bundle, JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {PATH: process.env['PATH'], NODE_COMPILE_CACHE: `${bundle}.cache`},
  });
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (...end) => resolve(end));
  });
  return {code, killed: signal === 'SIGKILL', said: (await said).join('')};
}

/** The fleet's journal, once there is one with a whole record in it. */
function journalIn({stateHome}: SimulatedFleet): string | undefined {
  const folder = join(stateHome, 'handrail', 'fleets');
  const names = filesIn(folder).filter((name) => readRecords(join(folder, name)).events.length > 0);
  return names[0] === undefined ? undefined : join(folder, names[0]);
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  } catch {
    return [];
  }
}

/** What is wrong with a fleet that was killed and has since been brought to its end; empty when nothing is. */
function problemsIn(world: SimulatedFleet): readonly string[] {
  const file = journalIn(world);
  if (file === undefined) return ['there is no journal'];
  const {events} = readFleet(file);
  const state = evolveFleetAll(events);
  const agreed = state.waves.filter(({answer}) => answer?.accepted === true).flatMap((wave) => wave.accounts);
  return [
    ...(state.ended?.status === 'done' ? [] : [`it ended ${state.ended?.status}: ${state.ended?.message}`]),
    ...(new Set(agreed).size === agreed.length ? [] : ['an account was agreed to twice']),
    ...accounts.flatMap((id) => problemsOf(world, id, state.accounts.get(id)?.run)),
    ...((world.accounts.get('000000000099')?.requests.length ?? 0) === 0
      ? []
      : ['an account of no fleet was touched']),
  ];
}

function problemsOf(
  {accounts: simulators, stateHome}: SimulatedFleet,
  id: string,
  run: string | undefined,
): readonly string[] {
  const simulator = simulators.get(id);
  if (simulator === undefined || run === undefined) return [`${id} was forgotten`];
  const {events} = readJournal(join(stateHome, 'handrail', `${run}.jsonl`));
  const live = filesIn(join(stateHome, 'handrail'))
    .map((name) => readRecords(join(stateHome, 'handrail', name)).events[0])
    .filter(
      (first) =>
        first !== undefined &&
        'mode' in first &&
        first.mode === 'live' &&
        JSON.stringify(first).includes(`"account":"${id}"`),
    );
  return [
    ...(simulator.account().role === null ? [] : [`${id}: the role is still there`]),
    ...(live.length === 1 ? [] : [`${id}: ${live.length} runs make changes`]),
    ...changedTwice(simulator.requests),
    ...deletedTwice(events),
  ].map((problem) => `${id}: ${problem}`);
}
