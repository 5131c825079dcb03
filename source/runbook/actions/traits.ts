import type {CheckContext} from '../check/context.ts';
import type {RootKind, Site, UndoWaitAnswers} from '../check/shapes/expression-sites.ts';
import type {Effect, Members} from '../language/vocabulary.ts';
import type {Path} from '../load/source-positions.ts';
import type {Problem} from '../load/problem.ts';
import type {Shape} from '../operation.ts';

/** A request as an action writes it. Paths are within the step. */
export interface WrittenRequest {
  /** `service:Operation`, and where it is named. */
  readonly operation: string;
  readonly named: Path;
  /** The members, and where they stand. */
  readonly members: Members | undefined;
  readonly at: Path;
  /** Sent by `handrail undo`, not by the run itself. */
  readonly undo?: true;
  /** Sent by the wait of an undo: the operations whose answers are its `item` and its root. */
  readonly undoWait?: UndoWaitAnswers;
  /** The effect that the step states for it. */
  readonly effect?: Effect;
  /** The only effect that it may have. */
  readonly must?: Effect;
}

/** The operation by which an action may change something. */
export interface WrittenChange {
  readonly operation: string;
  /** Within the step. */
  readonly named: Path;
  /** The names of the members that it is given; undefined when it may be given all that it takes. */
  readonly members: readonly string[] | undefined;
  /** The effect that the step states for it. */
  readonly effect?: Effect;
}

/** Shapes that an action's expressions reach and give. */
export interface ActionShapes {
  answer(operation: string): Shape;
  /** Shape that a text gives for one item. `answerFrom`: the operation whose answer is its root, where not the step's. */
  given(text: string, root: RootKind, answerFrom?: string): Shape;
  /** Shape that an expression gives in a request; `anything` where something is reported about it. */
  inRequest(expression: string, request: Pick<WrittenRequest, 'undo' | 'undoWait'>): Shape;
}

/** Facts about a kind of action from its text and its operations' models. Nothing is run. */
export interface ActionTraits<A> {
  requests(action: A): readonly WrittenRequest[];
  change?(action: A): WrittenChange | undefined;
  /** The operation whose answer its expressions reach. */
  answeredBy?(action: A): string;
  /** Every expression; `base` is the step's path. */
  sites(action: A, base: Path): readonly Site[];
  /** The output of one item. */
  output(action: A, shapes: ActionShapes): Shape;
  /** Why the output of one item may be nothing, if it may. */
  nothingWhere?(action: A, operations: CheckContext['operations']): string | undefined;
  /** Returns true if the step may run parallel to another. `changes` means that its operation changes something. */
  alongside(changes: boolean): boolean;
  /** Returns problems that concern several of its requests together. */
  requestProblems?(action: A, context: CheckContext, base: Path, shapes: ActionShapes): readonly Problem[];
}
