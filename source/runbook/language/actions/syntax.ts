import type {Seconds} from '../vocabulary.ts';

/** The members of a step that only some actions take. */
export const takenMembers = ['with', 'undo', 'output', 'forEach', 'timeoutSeconds'] as const;
export type Taken = (typeof takenMembers)[number];

/** An expression that is written without `${{ }}`. */
interface BareExpression {
  readonly source: string;
  /** Within the step. */
  readonly path: readonly (string | number)[];
}

/** How an action is written: `W` is the part of a step that it reads, `A` what that comes to. */
export interface ActionSyntax<W, A> {
  readonly takes: readonly Taken[];
  /** Why it does not take others, where that is worth a word. */
  readonly without?: Readonly<Partial<Record<Taken, string>>>;
  /** Why it cannot be a Region step's. */
  readonly accountOnly?: string;
  /** The action of a step; undefined when the step has another. */
  from(step: W): A | undefined;
  bareExpressions?(step: W): readonly BareExpression[];
}

/** What a step keeps of an answer, and how long it may take: written beside the action, for those that take it. */
export interface BesideAction {
  readonly output?: string | undefined;
  readonly timeoutSeconds?: Seconds | undefined;
}
