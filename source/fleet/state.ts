import type {ChangeWindow} from '../engine/model/happenings/gate.ts';
import type {Policy} from '../engine/model/happenings/policy.ts';
import type {Closed} from '../engine/queries/change-window.ts';
import type {RunQuestion} from '../engine/model/events.ts';
import type {Account} from './account.ts';
import type {ChildEnd, FleetAnswer, FleetEvent, FleetStarted, Look, WaveQuestion} from './events.ts';

/**
 * Where an account stands. `shut`: the look did not come to an end that anything can be built on. `agreed`: its wave was
 * agreed to, and its run has not started, or is to go on.
 */
export type AccountPhase =
  'unlooked' | 'looking' | 'ready' | 'clear' | 'shut' | 'asked' | 'agreed' | 'going' | 'ended';

/** A question of an account's run that has no answer yet. */
interface OpenQuestion {
  readonly question: RunQuestion;
  readonly covered: boolean;
  /** The operator's yes to what the wave's consent does not cover. */
  readonly agreed?: FleetAnswer;
}

export interface AccountState {
  readonly account: Account;
  readonly phase: AccountPhase;
  /** The run of the latest look. */
  readonly lookRun?: string;
  readonly look?: Look & {readonly at: number};
  /** Keys of the changes that the fleet's first look showed. */
  readonly shownFirst?: ReadonlySet<string>;
  readonly wave?: number;
  /** The run that makes the changes. */
  readonly run?: string;
  readonly question?: OpenQuestion;
  /** It was let change something. */
  readonly touched?: true;
  /** A change of the whole account was let go, and its run has not ended since. */
  readonly deleting?: true;
  readonly end?: ChildEnd;
}

export interface Wave extends WaveQuestion {
  readonly answer?: FleetAnswer;
  readonly endedAt?: number;
}

/** Knowledge about a fleet: the sum of its events so far. */
export interface FleetState {
  readonly started?: Extract<FleetEvent, {type: 'fleet-started'}>;
  /** In the source's order. */
  readonly accounts: ReadonlyMap<string, AccountState>;
  readonly waves: readonly Wave[];
  /** The text that agrees to all waves, since the fleet began or was last gone on with. */
  readonly whole?: string;
  readonly stopped?: string;
  /** Why no account can be entered for the time being. */
  readonly paused?: string;
  /** Who holds the fleet: accounts under way go on, and no other is begun or changed for the first time. */
  readonly held?: string;
  /** The windows of its policies, those that it began under and those that were found since. */
  readonly policy?: Pick<Policy, 'windows'>;
  /** Its own windows, as they were read when it was gone on with. */
  readonly windows?: readonly ChangeWindow[];
  /** How long no window is open, while an account waits for it. */
  readonly closed?: Closed;
  /** The operator does not wait for a window. */
  readonly overridden?: {readonly by: string; readonly reason: string; readonly at: number};
  readonly interrupted?: string;
  readonly ended?: Extract<FleetEvent, {type: 'fleet-ended'}>;
  /** Time of the latest event (ms since the epoch). */
  readonly now: number;
}

export const initialFleet: FleetState = {accounts: new Map(), waves: [], now: 0};

/** Returns the accounts in any of these phases. */
export function inPhase(
  {accounts}: Pick<FleetState, 'accounts'>,
  ...phases: readonly AccountPhase[]
): readonly AccountState[] {
  return [...accounts.values()].filter(({phase}) => phases.includes(phase));
}

/** Returns true if the account's run failed, or ended with Regions that are not known. */
export function hasFailed({phase, end}: AccountState): boolean {
  return phase === 'ended' && (end?.status === 'failed' || end?.status === 'blocked');
}

/** Returns true if the fleet changes nothing: it is a plan, or its runbook has only looks. */
export function onlyLooks({
  started,
}: {
  readonly started?: Pick<FleetStarted, 'mode' | 'looksOnly'> | undefined;
}): boolean {
  return started?.mode === 'plan' || started?.looksOnly === true;
}
