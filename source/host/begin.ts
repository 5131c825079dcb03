import type {Event} from '../engine/model/events.ts';
import type {KeptRuns} from './kept-runs.ts';
import type {At, HostOrder, ListedRun, Refusal} from './messages.ts';
import {Refused, type HostWorker} from './worker.ts';

type RunStarted = Extract<Event, {type: 'run-started'}>;

/** A run that makes changes, as its account knows it. */
export interface Holder {
  readonly run: string;
  readonly title: string;
  /** The account, for an operator. */
  readonly account: string;
}

/** What a run wants that is about to make changes: to be the only one in its account. */
export interface Claim {
  readonly key: string;
  readonly holder: Holder;
  /** It begins although another run works on the account. */
  readonly second: boolean;
}

/** A run that can begin once its account is its own, or why it cannot. */
export type Begun =
  | {readonly refused: Refusal}
  | {
      readonly events: readonly Event[];
      readonly at: At;
      readonly listed: ListedRun;
      /** null for a run that changes nothing. */
      readonly claim: Claim | null;
    };

/** Exit code of a run that somebody has to decide about, as `handrail run` has it for a second one. */
const needsOperator = 3;

/** Finds out all that a run needs, and what it has to claim before it begins. */
export async function begin(
  worker: HostWorker,
  kept: KeptRuns,
  run: string,
  order: HostOrder,
): Promise<Begun> {
  try {
    const events = await worker.begin(run, order);
    const [{mode, identity}] = events;
    const {title} = order.runbook;
    return {
      events,
      at: kept.begun(run, events, order),
      listed: {run, title, mode, by: order.by, account: identity.account},
      claim: claimOf(run, order, events[0]),
    };
  } catch (error) {
    if (error instanceof Refused) return {refused: {message: error.message, exitCode: error.exitCode}};
    throw error;
  }
}

function claimOf(run: string, {secondRun: second}: HostOrder, started: RunStarted): Claim | null {
  const {identity, endpoint, mode, steps, runbook} = started;
  if (mode !== 'live' || !steps.some(({does}) => does === 'change')) return null;
  const key = [identity.partition, identity.account, ...(endpoint === undefined ? [] : [endpoint])].join(' ');
  return {key, holder: {run, title: runbook.title, account: identity.account}, second: second === true};
}

export function isOver({status}: Pick<At, 'status'>): boolean {
  return status !== 'running' && status !== 'paused' && status !== 'asked';
}

/** Why a run is refused whose account another run holds. */
export function secondRun({run, title, account}: Holder): Refusal {
  return {
    message:
      `another run works on account ${account}: ${title}, run ${run}; ` +
      `see it with: handrail attach ${run}; --second-run starts a second one all the same`,
    exitCode: needsOperator,
  };
}
