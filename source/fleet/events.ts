import type {Json} from '../data/json.ts';
import type {Happening, PlannedChange, RunMode, RunQuestion, TakenLook} from '../engine/model/events.ts';
import type {ChangeWindow, Gates} from '../engine/model/happenings/gate.ts';
import type {Policy} from '../engine/model/happenings/policy.ts';
import type {Closed} from '../engine/queries/change-window.ts';
import type {Identity} from '../engine/model/identity.ts';
import type {RunStatus} from '../engine/model/run-status.ts';
import type {Account, ChosenAccounts} from './account.ts';

/** How a fleet goes about its accounts. */
export interface FleetLimits {
  /** Accounts in the first wave. */
  readonly canary: number;
  /** Accounts in each later wave: a number of them, or a part of those with changes. */
  readonly wave: {readonly accounts: number} | {readonly percent: number};
  /** Accounts that may fail before no further one is changed. One more than that are changed at the same time. */
  readonly tolerate: number;
  /** Time between the end of a wave and the question about the next one. */
  readonly soakSeconds: number;
  /** Accounts with a change of the whole account under way at the same time. */
  readonly maxDeleting: number;
  /** Accounts that are looked at, or work, at the same time. */
  readonly looking: number;
}

/**
 * What a look at an account came to: `ready` has changes to make, `clear` has none, `blocked` has Regions that are not
 * known, `closed` could not be entered.
 */
export type LookOutcome = 'ready' | 'clear' | 'blocked' | 'failed' | 'closed';

/** A use that a look found in a Region. */
export interface RegionUse {
  readonly region: string;
  /** How many things are in use there. */
  readonly uses: number;
  /** What they are, in the runbook's words. */
  readonly text: string;
}

/** Regions in which a look was not made, on purpose. They are not known. */
export interface Unchecked {
  /** The account has them disabled. */
  readonly disabled?: readonly string[];
  /** The operator's defaults leave them out; `by` is the file, and the reason. */
  readonly leftOut?: readonly {readonly region: string; readonly by: string}[];
  /** Only these were named, and no other Region was checked. */
  readonly only?: readonly string[];
}

/** The end of a look, which changes nothing. */
export interface Look {
  readonly outcome: LookOutcome;
  readonly message: string;
  readonly changes: readonly PlannedChange[];
  /** Regions that could not be looked at. */
  readonly unknown: readonly string[];
  /** Regions in which the look found something in use. */
  readonly uses?: readonly RegionUse[];
  /** Absent where it was made in every Region. */
  readonly unchecked?: Unchecked;
  /** Hash of the last record of the look's journal; absent where it has none. */
  readonly head?: string;
}

/** How an account's run ended. `closed`: it could not be entered, and nothing was done. */
type ChildStatus = 'done' | 'failed' | 'blocked' | 'declined' | 'needs-operator' | 'closed';

/** The end of an account's run. */
export interface ChildEnd {
  readonly status: ChildStatus;
  readonly message: string;
  /** Changes that were made. */
  readonly made: number;
  readonly unknown: readonly string[];
  readonly head?: string;
}

/** An operator's answer, or the fleet's own. */
export interface FleetAnswer {
  readonly accepted: boolean;
  readonly by: string;
  readonly typed?: string;
  /** The option that would answer, where nobody can be asked. */
  readonly missing?: string;
}

/** A wave, as it is put to the operator. */
export interface WaveQuestion {
  /** Counted from 1, the canary. */
  readonly wave: number;
  readonly accounts: readonly string[];
  /** Number of changes by operation. */
  readonly changes: {readonly [operation: string]: number};
  /** Names exactly the accounts and changes that were shown. */
  readonly digest: string;
  readonly typeToConfirm: string;
  /** The text that agrees to all waves of the fleet, given before it began. */
  readonly whole: string;
  /** Accounts with changes that the fleet's first look did not show. */
  readonly grown: readonly string[];
}

/** What the operator's file of defaults had for a fleet. */
export interface FleetDefaults {
  /** The file, in few words. */
  readonly file: string;
  /** The profile with the keys that enter the accounts. */
  readonly profile?: string;
  /** Regions that every account leaves out, by name or pattern. */
  readonly leaveOut?: readonly {readonly region: string; readonly reason: string}[];
}

export interface FleetStarted {
  readonly type: 'fleet-started';
  readonly fleet: string;
  readonly runbook: Extract<Happening, {type: 'run-started'}>['runbook'];
  readonly mode: RunMode;
  /** The runbook has no step that changes something: the fleet is one of looks. */
  readonly looksOnly?: true;
  /** A demo: its simulated organization is gone when it ends. */
  readonly simulation?: true;
  /** Inputs as used; secret ones are masked. */
  readonly inputs: {readonly [name: string]: Json};
  /** The caller whose keys enter the accounts. */
  readonly base: Identity;
  /** Name of the role that is taken on in each account. */
  readonly role: string;
  /** The external id that these roles want, where an account has none of its own. */
  readonly externalId?: string;
  /** Regions that the operator named for every account; empty to find them. */
  readonly regions: readonly string[];
  readonly defaults?: FleetDefaults;
  /** What is typed, followed by the number of accounts. */
  readonly subject: string;
  readonly limits: FleetLimits;
  /** Rules that every account's changes start under, beside consent. */
  readonly gates?: Gates;
  readonly accounts: readonly Account[];
  readonly skipped: ChosenAccounts['skipped'];
  /** The policy files that it keeps to; absent in a simulation, and in older journals. */
  readonly policy?: Policy['files'];
  /** The windows of those files: one of each list has to be open. */
  readonly policyWindows?: Policy['windows'];
  readonly versions: {readonly [component: string]: string};
}

/** Everything that can happen in a fleet. */
export type FleetHappening =
  | FleetStarted
  /** The journal of the look, named `run`, exists from here on, or soon. */
  | {readonly type: 'look-started'; readonly account: string; readonly run: string}
  | ({readonly type: 'look-ended'; readonly account: string} & Look)
  | ({readonly type: 'wave-asked'} & WaveQuestion)
  | ({readonly type: 'wave-answered'; readonly wave: number} & FleetAnswer)
  /** The journal of the account's run exists from here on, or soon. */
  | {
      readonly type: 'child-started';
      readonly account: string;
      readonly run: string;
      /** The look that it goes on from, if that was made by this process; absent where it looks at everything itself. */
      readonly look?: TakenLook;
    }
  | {
      readonly type: 'child-asked';
      readonly account: string;
      readonly question: RunQuestion;
      /** The wave's consent covers each of its changes. */
      readonly covered: boolean;
    }
  /** The operator's answer to a question that the wave's consent does not cover. */
  | ({readonly type: 'child-agreed'; readonly account: string} & FleetAnswer)
  /** The answer that the account's run is given. */
  | ({readonly type: 'child-answered'; readonly account: string} & FleetAnswer)
  | ({readonly type: 'child-ended'; readonly account: string} & ChildEnd)
  | {readonly type: 'wave-ended'; readonly wave: number; readonly done: number; readonly failed: number}
  /** No account is changed for the first time any more; those under way finish. */
  | {readonly type: 'fleet-stopped'; readonly why: string}
  /** The keys that every account is entered with have ended: nothing is begun, and nobody is asked, until there are others. */
  | {readonly type: 'fleet-paused'; readonly why: string}
  | {readonly type: 'fleet-continued'}
  /** An operator holds the fleet: nothing is begun, and no account is changed for the first time, until it is let go on. */
  | {readonly type: 'fleet-held'; readonly by: string}
  | {readonly type: 'fleet-released'; readonly by: string}
  /** No window is open: no account is begun until then (ms since the epoch). Each account's own run keeps to it too. */
  | ({readonly type: 'window-closed'} & Closed)
  | {readonly type: 'window-opened'}
  /** The operator does not wait for a window, in any account. */
  | {readonly type: 'window-overridden'; readonly by: string; readonly reason: string}
  | {readonly type: 'fleet-interrupted'; readonly signal: string}
  | {
      readonly type: 'fleet-resumed';
      readonly by: string;
      readonly policy?: Policy['files'];
      readonly policyWindows?: Policy['windows'];
      /** The fleet's own windows, where a calendar among them was read again. */
      readonly windows?: readonly ChangeWindow[];
      /** The calendars among them that have changed. */
      readonly changedCalendars?: readonly string[];
    }
  | {
      readonly type: 'fleet-ended';
      readonly status: RunStatus;
      readonly message: string;
      /** Names the changes that a plan showed, for a fleet that is to make just them. */
      readonly plan?: string;
      /** Hash of the last record of each account's journal. */
      readonly heads: {readonly [account: string]: string};
    };

/** A happening with its time: ms since the epoch. */
export type FleetEvent = FleetHappening & {readonly at: number};
