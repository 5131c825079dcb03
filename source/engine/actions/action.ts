import type {Json} from '../../data/json.ts';
import type {Members} from '../../runbook/language/vocabulary.ts';
import type {Scope} from '../../runbook/expression/evaluate.ts';
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

/** Where and when a lane comes to a step. */
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

type Answered = Extract<CallOutcome, {ok: true}>;

/** How an action calls AWS, and what comes of it. */
export interface Calls<A> extends Requests<A> {
  /** The events of a whole answer. Throws ExpressionError. */
  answered(action: A, settled: Settled, outcome: Answered): readonly Happening[];
  /** The events of an error, where one may be an answer too; without it an error is a failed call. */
  refused?(action: A, settled: Settled): readonly Happening[];
  /** What becomes different for an item, in words. Throws ExpressionError. */
  describeChange?(action: A, item: Item, scope: Scope): string | undefined;
}

/** What an action does that takes time: it works on the step's items. */
export interface Work<A> {
  /** When its time in a Region is up, if it begins now (ms since the epoch). Throws ExpressionError. */
  deadline(action: A, now: number, scope: Scope): number | undefined;
  /** What becomes of an item that has not ended when the time is up. Without it, its answers mind the deadline. */
  atDeadline?(action: A, step: Step, item: ItemProgress): {readonly output: Json} | {readonly fault: Fault};
  /** Without calls, an item only waits for the deadline. */
  readonly calls?: Calls<A>;
}

/** How a change is taken back. */
export interface WayBack {
  /** The members that identify what was changed, with expressions. */
  readonly members: Members;
  /** What else an undo has to know of a change. */
  known?(change: ChangeMade): {readonly [name: string]: Json};
  /** The members that the change set and that were not there before: to put that back is to take them away. */
  absentBefore?(change: ChangeMade): readonly string[];
  /** Why this change cannot be taken back, if it cannot. */
  whyNot?(change: ChangeMade): string | undefined;
  /**
   * The part of the undo's step that is its action; `members`: the names of those that identify; `absent`: those that
   * none of the changes found there.
   */
  step(members: readonly string[], absent: readonly string[]): object;
}

/** All that the engine has to know of a kind of action. */
export interface Handler<A> {
  /** `changes`: its operation changes something. */
  does(changes: boolean): StepOutline['does'];
  /** What to do when a lane comes to it; without it, its work is begun. Throws ExpressionError. */
  start?(action: A, arrival: Arrival): Decision;
  /** What it does in the time until it ends; an action without is over when it has started. */
  readonly work?: Work<A>;
  /** The way back from its change, or why there is none. */
  undo?(action: A): WayBack | {readonly impossible: string};
}

/** A handler for every kind of action: leaving one out is an error. */
export type ActionHandlers = {readonly [K in Action['kind']]: Handler<Extract<Action, {kind: K}>>};
