import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {readJournal} from '../../source/journal/read.ts';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {startSimulator, type Simulator} from '../../source/simulator/server.ts';
import type {ChildOrder, JournalKill, Rules} from './child-order.ts';
import {startChild, type Child} from './child-process.ts';
import {timeOn, type FactorClock} from './factor-clock.ts';
import {openGate, type Gate} from './gate.ts';
import {journalFile} from './journal-file.ts';

/** How much faster than real time crashing runs live: fast, and with deadlines that a slow machine does not miss. */
const factor = 20;

/** An account in the simulator that outlives the processes working on it, and the folder that their journal is in. */
export interface World {
  readonly simulator: Simulator;
  readonly gate: Gate;
  readonly stateHome: string;
  /** Starts a process that begins the run, or goes on with it where one was begun. */
  start(kill?: JournalKill, wrap?: readonly string[], rules?: Rules): Child;
  /** Lets simulated time pass at once, for everybody. */
  skip(ms: number): void;
  /** Whether the run was done when its last process was killed: there is nothing left to go on with. */
  isOver(): boolean;
  /** The journal's file, once there is one with a whole record in it. */
  journal(): string | undefined;
  close(): Promise<void>;
}

export async function openWorld(bundle: string): Promise<World> {
  let clock: FactorClock = {origin: Date.now(), factor, skipped: 0};
  const scenario = loadScenario(join(import.meta.dirname, 'scenario.yaml'));
  const simulator = await startSimulator(scenario, {now: () => timeOn(clock)});
  const gate = await openGate(simulator.endpoint);
  const stateHome = mkdtempSync(join(tmpdir(), 'handrail-crash-'));
  const journal = (): string | undefined => journalFile(stateHome);
  return {
    simulator,
    gate,
    stateHome,
    journal,
    isOver: () => {
      const file = journal();
      return file !== undefined && readJournal(file).events.at(-1)?.type === 'run-ended';
    },
    start: (kill, wrap, rules) => {
      const file = journal();
      const order: ChildOrder = {
        endpoint: gate.endpoint,
        stateHome,
        clock,
        ...(file === undefined ? {} : {file}),
        ...(kill === undefined ? {} : {kill}),
        ...rules,
      };
      return startChild(bundle, order, wrap);
    },
    skip: (ms) => {
      clock = {...clock, skipped: clock.skipped + ms};
    },
    close: async () => {
      await gate.close();
      await simulator.close();
      rmSync(stateHome, {recursive: true, force: true});
    },
  };
}
