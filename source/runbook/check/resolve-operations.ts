import type {OperationModel} from '../operation.ts';
import type {Path} from '../load/source-positions.ts';
import type {Runbook} from '../language/schema.ts';
import type {Lookup, LookUp} from './check.ts';
import {namedOperations} from './context.ts';

/** What there is of the operations that a runbook names. */
export interface LookedUp {
  readonly operations: ReadonlyMap<string, OperationModel>;
  /** Why an operation's step will be skipped: its client is not installed, and the step says that it may be so. */
  readonly missing: ReadonlyMap<string, string>;
  /** Names for which there is nothing, and where they stand. */
  readonly unknown: readonly {
    readonly path: Path;
    readonly found: Exclude<Lookup, {readonly model: OperationModel}>;
  }[];
}

/** Looks up every operation that a runbook names. */
export async function lookUpAll({steps}: Runbook, lookUp: LookUp): Promise<LookedUp> {
  const operations = new Map<string, OperationModel>();
  const missing = new Map<string, string>();
  const unknown: LookedUp['unknown'][number][] = [];
  for (const [index, step] of steps.entries()) {
    for (const {name, path} of namedOperations(step)) {
      const found = await lookUp(name);
      if ('model' in found) operations.set(name, found.model);
      else if (found.notInstalled && step.ifInstalled === true) missing.set(name, found.message);
      else unknown.push({path: ['steps', index, ...path], found});
    }
  }
  return {operations, missing, unknown};
}
