import type {Json} from '../../data/json.ts';
import type {Members} from '../../runbook/language/vocabulary.ts';
import type {Scope} from '../../runbook/expression/evaluate.ts';
import type {UndoWait} from '../../runbook/language/actions/call.ts';
import type {Action} from '../../runbook/language/actions/actions.ts';
import type {Step} from '../../runbook/language/step.ts';
import type {Decision} from '../model/decision.ts';
import type {Happening, Item, PlannedChange, StepOutline} from '../model/events.ts';
import type {Fault} from '../model/fault.ts';
import type {CallOutcome} from '../model/ports.ts';
import type {Program} from '../model/program.ts';
import type {ChangeMade, ItemProgress, Lane, RunState} from '../model/state.ts';
import type {Requests} from '../requests/build-request.ts';
import type {Settled} from '../outcome/response-events.ts';

/** Place and time at which a lane reaches a step. */
interface Arrival {
  readonly program: Program;
  readonly state: RunState;
  readonly lane: Lane;
  readonly step: Step;
  /** ms since the epoch. */
  readonly now: number;
  /** The changes that lie ahead of the step. */
  changesAhead(to: 'next-confirmation' | 'end'): readonly PlannedChange[];
}

/** A whole answer. */
export type Answered = Extract<CallOutcome, {ok: true}>;

/** Describes how an action calls AWS and interprets the responses. */
export interface Calls<A> extends Requests<A> {
  /** The events of a whole answer. Throws ExpressionError. */
  answered(action: A, settled: Settled, outcome: Answered): readonly Happening[];
  /** The events of an error, where one may be an answer too; without it an error is a failed call. */
  refused?(action: A, settled: Settled): readonly Happening[];
  /** Describes the difference that the action makes to an item. Throws ExpressionError. */
  describeChange?(action: A, item: Item, scope: Scope): string | undefined;
}

/** Work of an action that takes time, on the step's items. */
export interface Work<A> {
  /** Returns its deadline in a Region, if it begins now (ms since the epoch). Throws ExpressionError. */
  deadline(action: A, now: number, scope: Scope): number | undefined;
  /** Ends an item that is unfinished at the deadline. When absent, the item's responses respect the deadline. */
  atDeadline?(action: A, step: Step, item: ItemProgress): {readonly output: Json} | {readonly fault: Fault};
  /**
   * Time of an item's next poll once the same wait of another item or Region has ended (ms since the epoch).
   * `polledAt`: its latest answer. Throws ExpressionError.
   */
  dueAfterSibling?(action: A, polledAt: number, endedAt: number, scope: Scope): number;
  /** Without calls, an item only waits for the deadline. */
  readonly calls?: Calls<A>;
}

/** The delays of a wait. */
export type Delays = Pick<UndoWait, 'minDelay' | 'maxDelay' | 'maxWaitTime'>;

/** A way to take a change back. */
export interface WayBack {
  /** Members that identify the changed resource, with expressions. */
  readonly members: Members;
  /** Further facts about a change that an undo needs. */
  known?(change: ChangeMade): {readonly [name: string]: Json};
  /** The members that the change set and that were not there before: to put that back is to take them away. */
  absentBefore?(change: ChangeMade): readonly string[];
  /** Reason why this change cannot be taken back, if there is one. */
  whyNot?(change: ChangeMade): string | undefined;
  /**
   * The part of the undo's step that is its action; `members`: the names of those that identify; `absent`: those that
   * none of the changes found there; `inSeconds`: gives a wait with its delays in seconds.
   */
  step(members: readonly string[], absent: readonly string[], inSeconds: (wait: Delays) => object): object;
  /** The wait until AWS has taken it back, where AWS does that later. Its items are the answers. */
  readonly wait?: UndoWait;
}

/** All that the engine has to know of a kind of action. */
export interface Handler<A> {
  /** `changes`: its operation changes something. */
  does(changes: boolean): StepOutline['does'];
  /** Starts the step in a lane. When absent or undefined, its work begins. Throws ExpressionError. */
  start?(action: A, arrival: Arrival): Decision | undefined;
  /** Its work until it ends. An action without work is over as soon as it has started. */
  readonly work?: Work<A>;
  /** The way back from its change, or why there is none. */
  undo?(action: A): WayBack | {readonly impossible: string};
}

/** A handler for every kind of action: leaving one out is an error. */
export type ActionHandlers = {readonly [K in Action['kind']]: Handler<Extract<Action, {kind: K}>>};
