import type {OperationModel} from '../operation.ts';
import type {Places} from '../load/source-positions.ts';
import type {Runbook, Step} from '../language/schema.ts';

/** What the rules look at: the runbook, where things stand in its files, and the operations that could be found. */
export interface CheckContext {
  readonly runbook: Runbook;
  readonly places: Places;
  readonly operations: ReadonlyMap<string, OperationModel>;
}

/** Where a step names an operation. */
export interface NamedOperation {
  readonly name: string;
  /** Within the step. */
  readonly path: readonly string[];
}

/** The operations that a step names, its `undo` included. */
export function namedOperations(step: Step): readonly NamedOperation[] {
  const {call, update, waitUntil, undo} = step;
  const named: NamedOperation[] = [];
  if (call !== undefined) named.push({name: call, path: ['call']});
  if (undo !== undefined && 'call' in undo) named.push({name: undo.call, path: ['undo', 'call']});
  if (update !== undefined) {
    named.push({name: update.read, path: ['update', 'read']});
    named.push({name: update.write, path: ['update', 'write']});
  }
  if (waitUntil !== undefined) named.push({name: waitUntil.call, path: ['waitUntil', 'call']});
  return named;
}

/** The operation by which a step changes something, if it does and is known. */
export function changeIn(context: CheckContext, step: Step): OperationModel | undefined {
  const model = context.operations.get(step.update?.write ?? step.call ?? '');
  return model?.effect === 'change' ? model : undefined;
}
