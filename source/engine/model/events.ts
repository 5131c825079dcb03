import type {Json} from '../../data/json.ts';
import type {BatchEnd, BatchPlan} from './batch.ts';
import type {Fault} from './fault.ts';
import type {Identity} from './identity.ts';
import type {Approvals, Approved} from './happenings/approval.ts';
import type {GateEvent, Gates} from './happenings/gate.ts';
import type {Policy} from './happenings/policy.ts';
import type {OperatorEvent} from './happenings/operator-event.ts';
import type {RunEnded} from './happenings/run-ended.ts';
import type {Unrecorded} from './happenings/unrecorded.ts';
import type {Usage} from './usage.ts';

/** Effect of a run on AWS: `live` changes resources, `plan` only reads. */
export type RunMode = 'live' | 'plan';

/** Source of the list of Regions. */
export type RegionSource = 'named' | 'discovered' | 'shipped';

/** Facts about a step that views need. The first event holds them, so a replay needs no runbook file. */
export interface StepOutline {
  readonly id: string;
  readonly title: string;
  readonly scope: 'account' | 'region';
  /** `look` reads, `change` mutates, `wait` polls, `pause` lets time pass, `confirm` asks, `assert` checks. */
  readonly does: 'look' | 'change' | 'wait' | 'pause' | 'confirm' | 'assert';
  /** It goes on at the same time as the step before it. */
  readonly alongside?: true;
  /** A look whose output holds where a catch goes back over it. */
  readonly once?: true;
  /** Heading of the Region grid's column that the step writes its summary to. */
  readonly column?: string;
  /** The later step that shows the change's effect, with the words for before and after. */
  readonly outcome?: {readonly step: string; readonly reached: string; readonly missed: string};
  /** The operator may go on without it when it fails. */
  readonly skippable?: true;
  /** Whether an undo knows a way back from its changes; only of a step that changes, and not in older journals. */
  readonly wayBack?: boolean;
  /** Title of the group that it is in. The steps of a group follow each other. */
  readonly group?: string;
}

/** One unit of a step's work: one per `forEach` item, or a single one with the key `''`. */
export interface Item {
  /** Identifies the item within its step and Region: its ARN where it has one. */
  readonly key: string;
  readonly value: Json;
}

/** Place of an event: a step, and for a Region step its Region. */
export interface Place {
  readonly step: string;
  readonly region?: string;
}

/** Part of an `update`, a poll of a `waitUntil`, or a `call` and the read before it is tried again. */
export type CallPhase = 'call' | 'recheck' | 'read' | 'write' | 'verify' | 'poll';

/** One change that the operator is asked to agree to. */
export interface PlannedChange {
  readonly step: string;
  readonly title: string;
  readonly region?: string;
  /** `service:Operation` that makes the change. */
  readonly operation: string;
  /** The item's key; the target of the change. Empty when the step has a single target. */
  readonly target: string;
  /** Difference that the change makes, such as `schedule cron(0 3 * * ? *) removed`. */
  readonly detail?: string;
  /**
   * The members that the runbook gives the request: a change is made only if just these were agreed to. Absent where
   * they are known only when the step starts, and in older journals.
   */
  readonly request?: {readonly [member: string]: Json};
}

interface Asked {
  /** The step that asks. */
  readonly step: string;
  readonly message: string;
  readonly changes: readonly PlannedChange[];
  /** The batches of those steps that make their changes so. */
  readonly batches?: {readonly [step: string]: BatchPlan};
  /** The approvals that it wants, where one yes is not enough. */
  readonly approvals?: Approvals;
}

/** A question of a run: the journal holds it as it stands here. */
export type RunQuestion = Asked &
  (
    | {readonly kind: 'confirm'}
    /** The exact text must be typed. */
    | {readonly kind: 'type-text'; readonly typeToConfirm: string}
    /** Asks to resend a call whose answer was lost, and says where it was sent from. */
    | {readonly kind: 'resend'; readonly resend: {readonly region?: string; readonly item: string}}
  );

/** A code of six digits from an MFA device. A run never asks for one, so none is ever journaled. */
type CodeQuestion = {readonly kind: 'code'; readonly message: string};

/** Asks for a typed text. No step asks it, and no journal holds it. */
interface OwnQuestion<Kind extends string> {
  readonly kind: Kind;
  readonly message: string;
  readonly typeToConfirm: string;
  readonly changes: readonly [];
}

/** Asks the operator to confirm a waiver that they began. */
export type WaiverQuestion = OwnQuestion<'waiver'>;

/** Anything that an operator is asked, before a second run on an account too. */
export type Question = RunQuestion | CodeQuestion | WaiverQuestion | OwnQuestion<'second-run'>;

interface RunStarted {
  readonly type: 'run-started';
  readonly run: string;
  readonly runbook: {
    readonly name: string;
    readonly title: string;
    readonly file: string;
    readonly text: string;
    /** The files of shared steps that it includes, so that the journal holds all that was run. */
    readonly included?: readonly {readonly name: string; readonly text: string}[];
    readonly sha256: string;
  };
  /** The run that this one takes back. */
  readonly undoes?: string;
  /** The runbook whose changes it takes back: policies go by it. Only of an undo. */
  readonly original?: {readonly name: string; readonly file: string; readonly sha256: string};
  readonly steps: readonly StepOutline[];
  /** Inputs as used; secret ones are masked. */
  readonly inputs: {readonly [name: string]: Json};
  readonly mode: RunMode;
  /** The endpoint is Handrail's own simulator: nothing real is at stake. */
  readonly simulation: boolean;
  readonly identity: Identity;
  /** The profile of the AWS configuration that the operator's defaults gave: a resumption uses it again. */
  readonly defaultProfile?: string;
  /** Set when requests do not go to AWS's own endpoints. */
  readonly endpoint?: string;
  readonly regions: readonly string[];
  /** The only Regions where something may be changed; every one when absent. The others are only looked at. */
  readonly changesIn?: readonly string[];
  /** Regions that the account has disabled: they were not looked at. */
  readonly disabled?: readonly string[];
  readonly regionSource: RegionSource;
  /** Rules that its changes start under, beside the operator's consent. */
  readonly gates?: Gates;
  /** The policy that it keeps to. Absent in a simulation, and in older journals. */
  readonly policy?: Policy;
  /** Notes for the operator on how the Regions were found. */
  readonly notes: readonly string[];
  readonly versions: {readonly [component: string]: string};
}

/** Everything that can happen in a run. Each event carries `at`, ms since the epoch, once recorded. */
export type Happening =
  | RunStarted
  | ({
      readonly type: 'step-started';
      readonly items: readonly Item[];
      readonly deadline?: number;
      readonly batch?: BatchPlan;
    } & Place)
  | ({readonly type: 'batch-ended'} & BatchEnd & Place)
  | ({
      readonly type: 'step-skipped';
      readonly why: string;
      readonly by?: string;
      /** A Region's look that was caught: what it would have found is not known. */
      readonly unlooked?: Fault;
    } & Place)
  | ({
      readonly type: 'call-started';
      /** Number of the call within the run, counted from 1. */
      readonly call: number;
      readonly item: string;
      readonly phase: CallPhase;
      readonly operation: string;
      readonly effect: 'read' | 'change';
      /** Tries of this request so far, this one included. */
      readonly attempt: number;
      /** Page of a paginated read, counted from 1. */
      readonly page: number;
      readonly input: Json;
      /** A change that is not safe to send twice: after a crash the operator is asked about it. */
      readonly once?: boolean;
    } & Place)
  | {
      readonly type: 'call-succeeded';
      readonly call: number;
      readonly ms: number;
      readonly requestId?: string;
      /** The answer; kept where later work needs it: changes, and the reads of an `update`. */
      readonly output?: Json;
      /** More pages follow. */
      readonly more?: boolean;
      /** Members that another client changed since they were shown or read. They are carried over. */
      readonly changed?: readonly string[];
      /** A poll: looked, not there yet, look again at this time (ms since the epoch). */
      readonly nextPollAt?: number;
      readonly summary?: string;
      readonly unrecorded?: Unrecorded;
    }
  | {
      readonly type: 'call-failed';
      readonly call: number;
      readonly ms: number;
      readonly fault: Fault;
      /** Time of the next try (ms since the epoch); absent when there is none. */
      readonly retryAt?: number;
      /** Largest number of tries, when there is a next one. */
      readonly maxAttempts?: number;
      /** A poll whose error means "look again". */
      readonly nextPollAt?: number;
      /** Not the item's failure: it is sent again when the run goes on. */
      readonly held?: boolean;
      readonly unrecorded?: Unrecorded;
    }
  | ({
      readonly type: 'item-done';
      readonly item: string;
      readonly output: Json;
      readonly note?: string;
      /** The change was not made: the step's `catch` goes on without it. */
      readonly notMade?: true;
      /** A Region's look that was caught: what it would have found is not known. */
      readonly unlooked?: Fault;
      /** The operation of a change that turned out to have happened, though its answer was lost. */
      readonly happened?: string;
    } & Place)
  /** `usage`: resources that a failed deletion task named. */
  | ({readonly type: 'item-failed'; readonly item: string; readonly fault: Fault} & Place & {
        readonly usage?: readonly Usage[];
      })
  | ({
      readonly type: 'step-succeeded';
      readonly output: Json;
      readonly summary?: string;
      /** Number of resources that it found or changed, where they can be counted. */
      readonly count?: number;
      readonly inUse?: number;
      /** The entries of the output that count, where not all of them do. */
      readonly found?: readonly Json[];
      /** The error of an item whose look was caught. */
      readonly unlooked?: Fault;
    } & Place)
  | ({readonly type: 'step-failed'; readonly fault: Fault} & Place)
  | ({
      readonly type: 'went-back';
      readonly to: string;
      /** Which visit of the `catch` this is, counted from 1, and how many there may be. */
      readonly visit: number;
      readonly maxVisits: number;
      /** Time at which the run goes on, or the step `before` (ms since the epoch). */
      readonly resumeAt: number;
      /** The step that is held up until then, unless something in use is found on the way; absent: the first one. */
      readonly before?: string;
      readonly fault: Fault;
      readonly usage: readonly Usage[];
    } & Place)
  /** AWS named something in a Region that is none of the run's: it becomes one, to be looked at in the next round. */
  | {readonly type: 'region-found'; readonly region: string; readonly resource: string}
  | {readonly type: 'asked'; readonly question: RunQuestion}
  | OperatorEvent
  | Approved
  | GateEvent
  | RunEnded;

/** A happening with its time: ms since the epoch, from the clock port. */
export type Event = Happening & {readonly at: number};
