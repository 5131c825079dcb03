import type {Effect, Seconds} from '../vocabulary.ts';

/** The members of a step that only some actions take. */
export const takenMembers = [
  'with',
  'beforeRetry',
  'undo',
  'output',
  'effect',
  'forEach',
  'timeoutSeconds',
] as const;
export type Taken = (typeof takenMembers)[number];

/** An expression that is written without `${{ }}`. */
export interface BareExpression {
  readonly source: string;
  /** Within the step. */
  readonly path: readonly (string | number)[];
}

/** Syntax of an action: it reads the part `W` of a step and gives `A`. */
export interface ActionSyntax<W, A> {
  readonly takes: readonly Taken[];
  /** Reason why it takes no others, where a reason helps. */
  readonly without?: Readonly<Partial<Record<Taken, string>>>;
  /** Reason why it has no `column`. */
  readonly withoutColumn?: string;
  /** Reason why it cannot be a Region step. */
  readonly accountOnly?: string;
  /** The action of a step; undefined when the step has another. */
  from(step: W): A | undefined;
  bareExpressions?(step: W): readonly BareExpression[];
}

/** Members that may stand beside an action: its output, its effect and its time limit. */
export interface BesideAction {
  readonly output?: string | undefined;
  readonly effect?: Effect | undefined;
  readonly timeoutSeconds?: Seconds | undefined;
}
