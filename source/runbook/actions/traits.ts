import type {CheckContext} from '../check/context.ts';
import type {RootKind, Site} from '../check/shapes/expression-sites.ts';
import type {Members} from '../language/vocabulary.ts';
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
}

/** The operation by which an action may change something. */
export interface WrittenChange {
  readonly operation: string;
  /** Within the step. */
  readonly named: Path;
  /** The names of the members that it is given; undefined when it may be given all that it takes. */
  readonly members: readonly string[] | undefined;
}

/** The shapes of what an action's expressions reach and give. */
export interface ActionShapes {
  answer(operation: string): Shape;
  /** What a text gives, for one item. */
  given(text: string, root: RootKind): Shape;
}

/** What there is to know of a kind of action by its text and the models of its operations: nothing is run. */
export interface ActionTraits<A> {
  requests(action: A): readonly WrittenRequest[];
  change?(action: A): WrittenChange | undefined;
  /** The operation whose answer its expressions reach. */
  answeredBy?(action: A): string;
  /** Every expression; `base` is the step's path. */
  sites(action: A, base: Path): readonly Site[];
  /** The output of one item. */
  output(action: A, shapes: ActionShapes): Shape;
  /** Whether it may go on at the same time as another step; `changes`: its operation changes something. */
  alongside(changes: boolean): boolean;
  /** What is wrong with its requests, where it is not enough to look at each by itself. */
  requestProblems?(action: A, context: CheckContext, base: Path, shapes: ActionShapes): readonly Problem[];
}
