import {asStated, type OperationModel} from '../../runbook/operation.ts';
import type {Runbook} from '../../runbook/language/schema.ts';
import type {Step} from '../../runbook/language/step.ts';
import {changeNamed, requestsOf} from '../../runbook/actions/actions.ts';
import type {Secret} from '../../runbook/secret.ts';

/** Limits on parallel calls and on tries. */
export interface Limits {
  /** Calls under way in the whole run. */
  readonly maxConcurrency: number;
  /** Tries of one request that is throttled or meets a passing fault, the first included. */
  readonly maxAttempts: number;
}

/** Two looks at a time in each of 34 Regions, with room to spare; eight tries survive a fifth of all calls failing (0.2⁸ ≈ 3 in a million). */
export const defaultLimits: Limits = {maxConcurrency: 80, maxAttempts: 8};

/** Input of `decide`: the runbook and the models of its operations. */
export interface Program {
  readonly runbook: Runbook;
  readonly operations: ReadonlyMap<string, OperationModel>;
  readonly limits: Limits;
  /** An operator is present and can retry or waive. The run then waits for them instead of ending. */
  readonly attended: boolean;
  /** Regions that the operator waived by name on the command line. They count as waived once they are unknown. */
  readonly waive: readonly string[];
  /** The person who gave those waivers. */
  readonly waivedBy?: string;
  /** Values behind the masks among the inputs. Only outgoing requests hold the values. */
  readonly secrets?: readonly Secret[];
}

/** The model of an operation. Throws when the program was put together without it. */
export function modelOf(program: Pick<Program, 'operations'>, operation: string): OperationModel {
  const model = program.operations.get(operation);
  if (model === undefined) throw new Error(`no model for ${operation}`);
  return model;
}

/** The model of an operation of a step, with the effect that the step states. */
export function modelIn(
  program: Pick<Program, 'operations'>,
  {action}: Pick<Step, 'action'>,
  operation: string,
): OperationModel {
  const stated = requestsOf({action}).find(
    (one) => one.operation === operation && one.undo === undefined,
  )?.effect;
  return asStated(modelOf(program, operation), stated);
}

/** The operation by which a step changes something, if it does. */
export function changeOf(program: Pick<Program, 'operations'>, step: Step): OperationModel | undefined {
  const change = changeNamed(step);
  if (change === undefined) return undefined;
  const model = asStated(modelOf(program, change.operation), change.effect);
  return model.effect === 'change' ? model : undefined;
}
