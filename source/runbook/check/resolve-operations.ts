import type {OperationModel} from '../operation.ts';
import type {Path} from '../load/source-positions.ts';
import type {Runbook} from '../language/schema.ts';
import {requestsOf} from '../actions/actions.ts';

/** Model of an operation, or the reason why there is none. */
export type OperationLookup =
  | {readonly model: OperationModel}
  | {
      readonly message: string;
      readonly suggestion?: string;
      /** The AWS client's package is not on this host, so nothing can be said about the operation. */
      readonly notInstalled: boolean;
    };

/** Looks up `service:Operation`. */
export type LookUpOperation = (name: string) => Promise<OperationLookup>;

/** Models of the operations that a runbook names. */
export interface ResolvedOperations {
  readonly operations: ReadonlyMap<string, OperationModel>;
  /** Reason why an operation's step will be skipped: its client is not installed, and the step allows that. */
  readonly missing: ReadonlyMap<string, string>;
  /** Names for which there is nothing, and where they stand. */
  readonly unknown: readonly {
    readonly path: Path;
    readonly found: Exclude<OperationLookup, {readonly model: OperationModel}>;
  }[];
}

/** Looks up every operation that a runbook names. */
export async function resolveOperations(
  {steps}: Runbook,
  lookUp: LookUpOperation,
): Promise<ResolvedOperations> {
  const operations = new Map<string, OperationModel>();
  const missing = new Map<string, string>();
  const unknown: ResolvedOperations['unknown'][number][] = [];
  for (const [index, step] of steps.entries()) {
    for (const {operation: name, named: path} of requestsOf(step)) {
      const found = await lookUp(name);
      if ('model' in found) operations.set(name, found.model);
      else if (found.notInstalled && step.ifInstalled === true) missing.set(name, found.message);
      else unknown.push({path: ['steps', index, ...path], found});
    }
  }
  return {operations, missing, unknown};
}
