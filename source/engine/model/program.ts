import type {OperationModel} from '../../runbook/operation.ts';
import type {Runbook, Step} from '../../runbook/language/schema.ts';
import type {Secret} from '../../runbook/secret.ts';
import type {StepOutline} from './events.ts';

/** How much may go on at the same time, and how often a call is tried. */
export interface Limits {
  /** Calls under way in the whole run. */
  readonly maxConcurrency: number;
  /** Tries of one request that is throttled or meets a passing fault, the first included. */
  readonly maxAttempts: number;
}

/** Two looks at a time in each of 34 Regions, with room to spare; eight tries survive a fifth of all calls failing (0.2⁸ ≈ 3 in a million). */
export const defaultLimits: Limits = {maxConcurrency: 80, maxAttempts: 8};

/** What `decide` works from: the runbook and what is known of its operations. */
export interface Program {
  readonly runbook: Runbook;
  readonly operations: ReadonlyMap<string, OperationModel>;
  readonly limits: Limits;
  /** Somebody is there who can try again what failed or waive it: the run waits for them instead of ending. */
  readonly attended: boolean;
  /** Regions that the operator waived beforehand, by name: they count as waived once they cannot be looked at. */
  readonly waive: readonly string[];
  /** Who gave those waivers. */
  readonly waivedBy?: string;
  /** What the masks among the inputs stand for. Only requests on their way out have the values. */
  readonly secrets?: readonly Secret[];
}

/** The operations a step may call. */
export function operationsOf(step: Step): readonly string[] {
  if (step.call !== undefined) return [step.call];
  if (step.update !== undefined) return [step.update.read, step.update.write];
  return step.waitUntil === undefined ? [] : [step.waitUntil.call];
}

/** The model of an operation. Throws when the program was put together without it. */
export function modelOf(program: Pick<Program, 'operations'>, operation: string): OperationModel {
  const model = program.operations.get(operation);
  if (model === undefined) throw new Error(`no model for ${operation}`);
  return model;
}

/** The operation by which a step changes something, if it does. */
export function changeOf(program: Pick<Program, 'operations'>, step: Step): OperationModel | undefined {
  const operation = step.update?.write ?? step.call;
  if (operation === undefined) return undefined;
  const model = modelOf(program, operation);
  return model.effect === 'change' ? model : undefined;
}

/** What the views and the journal need to know of each step. */
export function outlineOf(program: Pick<Program, 'runbook' | 'operations'>): readonly StepOutline[] {
  return program.runbook.steps.map((step) => ({
    id: step.id,
    title: step.title,
    scope: step.scope,
    does: doesOf(program, step),
    ...(step.alongside === undefined ? {} : {alongside: step.alongside}),
    ...(step.column === undefined ? {} : {column: step.column}),
    ...(step.skippable ? {skippable: true as const} : {}),
  }));
}

function doesOf(program: Pick<Program, 'operations'>, step: Step): StepOutline['does'] {
  if (step.confirm !== undefined) return 'confirm';
  if (step.assert !== undefined) return 'assert';
  if (step.waitUntil !== undefined) return 'wait';
  return changeOf(program, step) === undefined ? 'look' : 'change';
}
