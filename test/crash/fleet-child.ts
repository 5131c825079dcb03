import {fleetResumed, fleetRun} from '../support/fleet-runs.ts';
import {arm} from './arm.ts';
import type {JournalKill} from './child-order.ts';
import {clockOn, type FactorClock} from './factor-clock.ts';

/** What a process of a fleet is to do: begin one, or go on with the one whose journal is in `file`. */
export interface FleetChildOrder {
  readonly endpoint: string;
  readonly stateHome: string;
  readonly accounts: readonly string[];
  readonly confirm: string;
  readonly file?: string;
  readonly clock: FactorClock;
  readonly kill?: JournalKill;
}

/** The process that the crash tests of fleets kill, with nobody at the terminal. It prints the number of journal writes. */
const order = JSON.parse(process.argv[2] ?? '') as FleetChildOrder;
const {endpoint, stateHome, confirm, file} = order;
const batches = arm(order.kill);
const world = {endpoint, stateHome, clock: clockOn(order.clock)};
const manner = {
  accounts: order.accounts.map((id) => ({id})),
  answers: {confirm},
  limits: {tolerate: 2},
  inputs: ['pollSeconds=0.5', 'retryWaitSeconds=1'],
};
const left = file === undefined ? await fleetRun(world, manner) : await fleetResumed(world, file, manner);
process.stdout.write(`${batches()}\n`);
if (left.exitCode !== 0) process.stderr.write(`${left.closing.error ?? left.state.ended?.message}\n`);
process.exitCode = left.exitCode;
