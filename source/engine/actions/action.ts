import type {Members, Seconds} from '../../runbook/language/vocabulary.ts';
import type {Scope} from '../../runbook/expression/evaluate.ts';
import type {Action} from '../../runbook/language/actions/actions.ts';
import type {Step} from '../../runbook/language/step.ts';
import type {OperationModel} from '../../runbook/operation.ts';
import type {Decision} from '../model/decision.ts';
import type {CallPhase, Happening, Item, Json, PlannedChange, StepOutline} from '../model/events.ts';
import type {CallOutcome} from '../model/ports.ts';
import type {Program} from '../model/program.ts';
import type {ChangeMade, ItemProgress, Lane, RunState} from '../model/state.ts';
import type {Settled} from '../respond/response-events.ts';

/** Where and when a lane comes to a step. */
export interface Arrival {
  readonly program: Program;
  readonly state: RunState;
  readonly lane: Lane;
  readonly step: Step;
  /** ms since the epoch. */
  readonly now: number;
  /** The changes that lie ahead of the step. */
  changesAhead(to: 'next-confirmation' | 'end'): readonly PlannedChange[];
}

/** What a write is made from, besides its action. */
export interface WriteBasis {
  readonly model: OperationModel;
  readonly item: ItemProgress;
  readonly scope: Scope;
}

/** The requests of an action that works on items. */
export interface Requests<A> {
  /** The phase in which a fresh item begins. */
  readonly firstPhase: CallPhase;
  /** The operation that a phase calls. */
  operation(action: A, phase: CallPhase): string;
  /** The members that the runbook gives. */
  members(action: A): Members;
  /** The whole request of a change, where it is more than the members that are given. */
  complete?(action: A, given: RequestMembers, basis: WriteBasis): RequestMembers;
}

export type RequestMembers = {readonly [member: string]: Json};

type Answered = Extract<CallOutcome, {ok: true}>;

/** How an action that works on items calls AWS, and what comes of it. */
export interface Calls<A> extends Requests<A> {
  /** Most time that it may take in a Region. */
  limit(action: A): Seconds | undefined;
  /** Its answers mind the deadline themselves, so items are not cut off at it. */
  readonly mindsDeadline?: true;
  /** The events of a whole answer. Throws ExpressionError. */
  answered(action: A, settled: Settled, outcome: Answered): readonly Happening[];
  /** The events of an error, where one may be an answer too; without it an error is a failed call. */
  refused?(action: A, settled: Settled): readonly Happening[];
  /** What becomes different for an item, in words. Throws ExpressionError. */
  describeChange?(action: A, item: Item, scope: Scope): string | undefined;
}

/** How a change is taken back. */
export interface WayBack {
  /** The members that identify what was changed, with expressions. */
  readonly members: Members;
  /** What else an undo has to know of a change. */
  known?(change: ChangeMade): {readonly [name: string]: Json};
  /** The part of the undo's step that is its action; `members`: the names of those that identify. */
  step(members: readonly string[]): object;
}

/** All that the engine has to know of a kind of action. */
export interface Handler<A> {
  /** `changes`: its operation changes something. */
  does(changes: boolean): StepOutline['does'];
  /** What to do when a lane comes to it. Without it, its items are begun. Throws ExpressionError. */
  start?(action: A, arrival: Arrival): Decision;
  /** For an action that works on items. */
  readonly calls?: Calls<A>;
  /** The way back from its change, or why there is none. */
  undo?(action: A): WayBack | {readonly impossible: string};
}

/** A handler for every kind of action: leaving one out is an error. */
export type ActionHandlers = {readonly [K in Action['kind']]: Handler<Extract<Action, {kind: K}>>};
