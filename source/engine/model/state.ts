import type {Json} from '../../data/json.ts';
import type {BatchProgress} from './batch.ts';
import type {CallPhase, Event, PlannedChange, RunQuestion, StepOutline} from './events.ts';
import type {ChangeWindow} from './happenings/gate.ts';
import type {Policy} from './happenings/policy.ts';
import type {ToldState} from '../queries/change-calendar.ts';
import type {Closed} from '../queries/change-window.ts';
import type {ResultSection} from './happenings/run-ended.ts';
import type {RunStatus} from './run-status.ts';
import type {Usage} from './usage.ts';
import type {Fault} from './fault.ts';
import type {LaneMap} from './lane-map.ts';
import type {SharedList} from '../persistent/persistent-list.ts';

/** Knowledge about a Region. `unknown` never reads as clear; `unlooked` means that no check has ended yet. */
export type Truth = 'clear' | 'in-use' | 'unknown' | 'unlooked';

/** Progress of one item of a step. */
export interface ItemProgress {
  readonly key: string;
  readonly value: Json;
  readonly status: 'todo' | 'calling' | 'waiting' | 'done' | 'failed';
  readonly phase: CallPhase;
  /** Tries of the present request so far. */
  readonly attempt: number;
  readonly maxAttempts?: number;
  readonly page: number;
  /** Polls made so far, for a `waitUntil`. */
  readonly polls: number;
  /** Time of the next try or poll (ms since the epoch). */
  readonly dueAt?: number;
  /** Time of the latest poll's answer (ms since the epoch). */
  readonly polledAt?: number;
  /** The last failure; kept while it is being retried. */
  readonly fault?: Fault;
  /** An `update`'s picture before the change. */
  readonly before?: Json;
  /** The request that was last sent: a change is resent exactly so, token and all. */
  readonly request?: Json;
  /** The operation of the change that was last sent. */
  readonly change?: string;
  /** A try of the change was never answered: it may have happened. */
  readonly unsettled?: true;
  /** A call's change was made: it is not sent again, whatever became of the answer. */
  readonly made?: true;
  /** It is done without the change. */
  readonly notMade?: true;
  /** The error of a look that was caught, and that the runbook gives no output for. */
  readonly unlooked?: Fault;
  /** Time since which an `update` waits for AWS to make what it wrote (ms since the epoch). */
  readonly settlingSince?: number;
  /** Number of times that an `update` was written. Each try follows a read. */
  readonly sent?: number;
  readonly output?: Json;
  readonly note?: string;
  /** Resources that a failed deletion task named. */
  readonly usage?: readonly Usage[];
  /** Consecutive holds by expired credentials. */
  readonly holds?: number;
  /** The request must not be sent twice. */
  readonly once?: boolean;
  /** A sent call whose answer was lost. Only the operator can decide about it. */
  readonly doubtful?: boolean;
}

/** The step that a lane is in. */
export interface StepProgress {
  readonly step: string;
  readonly startedAt: number;
  /** Absolute end of a wait or pause (ms since the epoch); it survives a resume. */
  readonly deadline?: number;
  readonly items: SharedList<ItemProgress>;
  readonly batch?: BatchProgress;
}

export interface StepResult {
  readonly status: 'succeeded' | 'skipped' | 'failed';
  readonly output?: Json;
  /** The entries of the output that it found in use, where it tells them from the rest. */
  readonly found?: readonly Json[];
  readonly summary?: string;
  /** Number of resources that it found or changed. */
  readonly count?: number;
  /** Number of items that are as the step wants them. Skipped items do not count. */
  readonly reached?: number;
  /** Reason for skipping it. */
  readonly why?: string;
  readonly fault?: Fault;
  readonly startedAt: number;
  readonly endedAt: number;
}

/** The latest word in a column of the Region grid. */
export interface Cell {
  readonly text: string;
  readonly step: string;
  /** Number of resources that the text is about, where known. */
  readonly count?: number;
  /** Number of resources that the latest check found in use; absent before the first check. */
  readonly inUse?: number;
  /** End of that check (ms since the epoch). */
  readonly lookedAt?: number;
  readonly at: number;
}

/** A line of work with a separate position: one a Region, and one for the account. */
export interface Lane {
  /** Absent in the account's lane. */
  readonly region?: string;
  /** Index of the first step that has not ended in this lane. */
  readonly next: number;
  /** The step that it is in; the first of them where several go on at the same time. */
  readonly current?: StepProgress;
  /** The others that go on at the same time; never empty. */
  readonly beside?: readonly StepProgress[];
  readonly results: {readonly [step: string]: StepResult};
  readonly cells: {readonly [column: string]: Cell};
  /** Fault that stopped the lane. */
  readonly fault?: Fault;
  /** The step that stopped it. */
  readonly faultStep?: string;
  /** Time until which the Region's own jump back holds it up (ms since the epoch). */
  readonly resumeAt?: number;
  /** Looks that were caught, by step, until another look has seen the same: nothing is built on them. */
  readonly unlooked?: {readonly [step: string]: Fault};
  /** Ends of pauses that a resumption goes over again, by step (ms since the epoch): they hold. */
  readonly pauses?: {readonly [step: string]: number};
  /** Looks of earlier rounds that are made once, by step. */
  readonly lookedOnce?: {readonly [step: string]: StepResult};
  /** What became of the changes of earlier rounds, by column. A run that goes back loses the results of its steps. */
  readonly changedBefore?: {readonly [column: string]: string};
  /** Operator who waived the Region: the run continues without it. */
  readonly waived?: {readonly by: string; readonly at: number; readonly unlooked?: true};
  /** Resources that the last failed deletion task named here. */
  readonly usage: readonly Usage[];
  /** Time at which AWS named them (ms since the epoch). */
  readonly usedAt?: number;
  readonly calls: number;
  readonly failedCalls: number;
  /** Those of the failed calls that AWS throttled. */
  readonly throttledCalls: number;
}

/** A call that is under way. */
export interface PendingCall {
  readonly call: number;
  readonly step: string;
  readonly region?: string;
  readonly item: string;
  readonly phase: CallPhase;
  readonly operation: string;
  readonly effect: 'read' | 'change';
  readonly attempt: number;
  readonly startedAt: number;
}

/** A change that was made, with the picture before it where the API has one. */
export interface ChangeMade {
  /** What it makes different, as it was agreed to. */
  readonly detail?: string;
  readonly at: number;
  readonly step: string;
  readonly region?: string;
  readonly target: string;
  readonly operation: string;
  readonly before?: Json;
  /** The request. */
  readonly request?: Json;
  /** The item's value, as the step's `forEach` gave it. */
  readonly value?: Json;
  /** The response. */
  readonly output?: Json;
}

/** The latest time a `catch` went back. */
interface Detour {
  readonly from: string;
  readonly to: string;
  readonly visit: number;
  readonly maxVisits: number;
  readonly resumeAt: number;
  /** The step that is held up until then; absent: the first one. */
  readonly before?: string;
  /** Something in use was found since: it need not wait. */
  readonly found?: true;
  readonly fault: Fault;
  readonly usage: readonly Usage[];
}

/** Knowledge about a run: the sum of its events so far. */
export interface RunState {
  /** The first event; absent until the run has started. */
  readonly started?: Extract<Event, {type: 'run-started'}>;
  readonly steps: readonly StepOutline[];
  readonly account: Lane;
  readonly lanes: LaneMap<Lane>;
  /** In the order in which they were started. */
  readonly calls: readonly PendingCall[];
  readonly lastCall: number;
  readonly question?: RunQuestion;
  /** Steps whose confirmation was accepted, with the changes it covered. */
  readonly confirmed: {readonly [step: string]: readonly PlannedChange[]};
  /** Approvals that have not led to a decision yet. */
  readonly approvals?: readonly {
    readonly step: string;
    readonly digest: string;
    readonly by: string;
    readonly at: number;
    readonly signed?: true;
  }[];
  /** ARNs of those who resumed the run. */
  readonly resumedBy?: readonly string[];
  readonly changes: SharedList<ChangeMade>;
  /** Time at which a wait was last seen over, by step (ms since the epoch): its siblings are looked at then. */
  readonly seenOver?: {readonly [step: string]: number};
  /** Jumps back so far, by the step whose `catch` jumped (and its Region, when a Region lane jumped). */
  readonly visits: {readonly [place: string]: number};
  /** 1, and one more for each jump back of the account's lane. */
  readonly round: number;
  readonly detour?: Detour;
  readonly interrupted?: string;
  /** Nothing new is started. */
  readonly paused?: {readonly why: 'operator' | 'credentials'; readonly fault?: Fault; readonly at: number};
  /** The rules of the policies that were found when it began and when it was resumed. */
  readonly policy?: Policy;
  /** No change starts: the next window opens at `until` (ms since the epoch). */
  readonly gate?: Closed & {readonly at: number; readonly calendar?: string};
  /** What its change calendars said last. */
  readonly calendars?: {readonly [calendar: string]: ToldState};
  /** Its own windows, as they were read when it was gone on with. */
  readonly windows?: readonly ChangeWindow[];
  /** A window opened in this round: the same changes need no second confirmation. */
  readonly afterWindow?: true;
  /** The operator does not wait for a window. */
  readonly overridden?: {readonly by: string; readonly reason: string; readonly at: number};
  readonly ended?: {
    readonly status: RunStatus;
    readonly message: string;
    readonly at: number;
    readonly result?: readonly ResultSection[];
  };
  /** The changes that a plan ended with. */
  readonly planned?: RunQuestion;
  /** Time of the latest event (ms since the epoch). */
  readonly now: number;
}
