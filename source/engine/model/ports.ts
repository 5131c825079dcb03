import type {Json} from '../../data/json.ts';
import type {Event, Happening, Question} from './events.ts';
import type {Signature} from './happenings/approval.ts';
import type {CalendarState} from './happenings/gate.ts';
import type {Fault} from './fault.ts';

/**
 * Time after which a call without an answer is given up (ms). AWS's control planes answer in well under a second; a stalled
 * proxy never does.
 */
export const answerTimeoutMs = 30_000;

/** Result of an AWS call. Failures are values, not exceptions. */
export type CallOutcome =
  | {
      readonly ok: true;
      /** The answer as JSON: dates as ISO 8601 text, blobs as base64, absent members absent. */
      readonly output: Json;
      /** Continues the list, when the answer was a page and not the last one. */
      readonly nextToken?: string;
      readonly requestId?: string;
      readonly ms: number;
      /** Paths of members that the service sent and the SDK does not model: the SDK dropped them. Looked for when `exact`. */
      readonly unmodeled: readonly string[];
    }
  | {readonly ok: false; readonly fault: Fault; readonly ms: number};

/** One request, exactly as it is sent. Region absent: the call is account-wide. */
export interface CallRequest {
  readonly operation: string;
  readonly region?: string;
  readonly input: {readonly [member: string]: Json};
  /** Set when a write will be built from the response, so that members the SDK drops must be known. */
  readonly exact?: true;
}

/** Result of a look for credentials. They work when AWS takes them and they are for the run's account. */
export type Renewal =
  | {readonly works: true; /** Others than the run had. */ readonly fresh: boolean}
  | {
      readonly works: false;
      readonly why: string;
      /** AWS lets nobody in here any more: to sign in again would change nothing. */
      readonly shut?: true;
    };

/** Sends requests to AWS. Never throws; makes one attempt without retries. */
export interface AwsPort {
  call(request: CallRequest, signal: AbortSignal): Promise<CallOutcome>;
  /** Looks for credentials again, wherever they come from. */
  renew(signal: AbortSignal): Promise<Renewal>;
}

/** Time, as the engine knows it. */
export interface ClockPort {
  /** ms since the epoch. */
  now(): number;
  /** Resolves at `at` (ms since the epoch), or as soon as `signal` aborts. */
  until(at: number, signal: AbortSignal): Promise<void>;
}

/** Answer of the operator. `missing` names the option that would answer where no operator can be asked. */
export type Answer =
  | {
      readonly accepted: true;
      readonly by: string;
      readonly typed?: string;
      /** The hash of the record that asked, where the answer came from outside of the run's own terminal. */
      readonly head?: string;
      /** An approval's, found to hold. */
      readonly signature?: Signature;
    }
  | {readonly accepted: false; readonly by: string; readonly typed?: string; readonly missing?: string};

export interface OperatorPort {
  /** Puts a question; resolves with the answer. When `signal` aborts the question is withdrawn and the answer is ignored. */
  ask(question: Question, signal: AbortSignal): Promise<Answer>;
}

export interface JournalPort {
  /** Resolves when all of the events are on disk, in order. Throws `JournalError` when they cannot be written: the run must stop. */
  append(events: readonly Event[]): Promise<void>;
}

/** What is known of a change calendar; `UNKNOWN` with the reason. */
export type CalendarAnswer = Omit<CalendarState, 'type' | 'calendar'>;

/** Knows the change calendars that a run waits for. Never throws. */
export interface CalendarPort {
  stateOf(calendar: string, signal: AbortSignal): Promise<CalendarAnswer>;
}

/** Chance, so that a test can take it away. */
interface ChancePort {
  /** At least 0, below 1. */
  random(): number;
  /** A fresh idempotency token. */
  token(): string;
}

export interface Ports {
  readonly aws: AwsPort;
  readonly clock: ClockPort;
  readonly operator: OperatorPort;
  readonly journal: JournalPort;
  readonly chance: ChancePort;
  /** Absent where no run has change calendars. */
  readonly calendars?: CalendarPort;
}

/** Stamps happenings with the time they are recorded at. */
export function stamp(happening: Happening, at: number): Event {
  return {...happening, at};
}
