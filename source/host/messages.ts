import type {Json} from '../data/json.ts';
import type {Command} from '../engine/decide/operator-commands.ts';
import type {CallAction} from '../engine/model/decision.ts';
import type {Event, RunMode} from '../engine/model/events.ts';
import type {Gates} from '../engine/model/happenings/gate.ts';
import type {Answer, CallOutcome, CallRequest} from '../engine/model/ports.ts';
import type {RunStatus} from '../engine/model/run-status.ts';
import type {Lists} from '../engine/respond/list-reader.ts';

/** A run that a worker is to begin, as plain data. It holds no secret: the engine keeps what it is sent. */
export interface HostOrder {
  readonly runbook: {
    readonly file: string;
    readonly text: string;
    readonly included: readonly {readonly name: string; readonly text: string}[];
    readonly name: string;
    readonly title: string;
  };
  readonly inputs: Readonly<Record<string, Json>>;
  readonly mode: RunMode;
  readonly regions: readonly string[];
  readonly onlyRegions: readonly string[];
  readonly gates?: Gates;
  readonly answers?: PresetAnswers;
  /** Begin although another run works on the account. */
  readonly secondRun?: true;
  /** The operator who wants it. */
  readonly by: string;
}

/** Answers that were given with the order. */
export interface PresetAnswers {
  readonly yes: boolean;
  readonly confirm: readonly string[];
  readonly waive: readonly string[];
}

/** Why a run cannot begin, and the exit code that says so. */
export interface Refusal {
  readonly message: string;
  readonly exitCode: number;
}

/** News for a run, as it is sent to its object. */
export type News =
  | {readonly kind: 'begun'}
  /** Nothing new: the handler before had to end. */
  | {readonly kind: 'go'}
  | {readonly kind: 'outcome'; readonly action: CallAction; readonly outcome: CallOutcome}
  /** `asked` is the number of the record that put the question. */
  | {readonly kind: 'answer'; readonly asked: number; readonly answer: Answer}
  | {readonly kind: 'command'; readonly command: Command; readonly by: string}
  | {readonly kind: 'renewed'; readonly works: boolean; readonly fresh: boolean}
  | {readonly kind: 'wake'; readonly at: number};

/** How far a run is, in few words: what its object keeps beside its batches of events. */
export interface At {
  readonly batches: number;
  /** Number of records of the journal, and the hash of the last one. */
  readonly records: number;
  readonly head: string;
  readonly status: RunStatus | 'running' | 'paused' | 'asked';
  /** The time of a delayed message that is on its way (ms since the epoch). */
  readonly wakeAt?: number;
  /** A message to go on is on its way. */
  readonly going?: true;
  /** Changes whenever polls were left out of the records. */
  readonly polls?: number;
  /** New credentials are being looked for. */
  readonly renewing?: true;
  /** Given with the order, by its operator. */
  readonly answers?: PresetAnswers & {readonly by: string};
  /** The key of the account that it holds until it is over. */
  readonly holds?: string;
}

/** A call to make for a run. */
export interface HostCall {
  readonly run: string;
  readonly action: CallAction;
  readonly request: CallRequest;
}

type Reading = Lists extends ReadonlyMap<string, infer One> ? One : never;

/** Lists under way, as JSON. */
export type ListsText = readonly (readonly [string, Reading])[];

/** What became of lists under way, by their names; null: it is not under way any more. */
export type ListChanges = readonly (readonly [string, Reading | null])[];

/** A part of a run's history. */
export interface History {
  /** Absent until a worker has begun the run. */
  readonly at?: At;
  /** Why no worker begins it. */
  readonly refused?: Refusal;
  /** From the number that was asked for. There may be more. */
  readonly batches: readonly (readonly Event[])[];
  /** The lists under way; only where they were asked for. */
  readonly lists?: ListsText;
  /**
   * The last polls, as far as they are not among the records: they found nothing new. Absent where they are those that the
   * asker has.
   */
  readonly polls?: readonly Event[];
}

/** A question for a run's history. */
export interface HistoryQuestion {
  readonly from: number;
  /** Largest number of batches in the answer. */
  readonly most: number;
  readonly lists?: true;
  /** The state of polls that the asker has: {@link At}'s. */
  readonly polls?: number;
}

/** A run in the list of an engine's runs. */
export interface ListedRun {
  readonly run: string;
  readonly title: string;
  readonly mode: RunMode;
  readonly by: string;
  readonly account: string;
}

/** Names of the services that workers register with the engine. */
export const serviceNames = {
  run: 'handrail-run',
  calls: 'handrail-calls',
  runs: 'handrail-runs',
  accounts: 'handrail-accounts',
} as const;

/** The key of the object that lists all runs. */
export const allRuns = 'all';
