import type {OperationLookup} from '../../runbook/check/resolve-operations.ts';
import {resolveOperations} from '../../runbook/check/resolve-operations.ts';
import {anything} from '../../runbook/check/shapes/shapes.ts';
import type {ReadyRunbook} from '../../runbook/load/load.ts';
import type {OperationModel} from '../../runbook/operation.ts';
import {InvalidRunbook} from '../../runbook/load/problem.ts';
import {loadService, NotInstalled, UnknownOperation} from './sdk-service.ts';

type Models = ReadonlyMap<string, OperationModel>;

/** The models of runbooks that were asked for before: the check of a whole runbook takes its time. */
const known = new WeakMap<ReadyRunbook, Promise<Models>>();

/**
 * Returns the models of all operations that a runbook names. The whole runbook is checked against them first,
 * unless that happened before. Nothing is called. Throws InvalidRunbook with every problem found.
 */
export function modelsFor(loaded: ReadyRunbook): Promise<Models> {
  const earlier = known.get(loaded);
  if (earlier !== undefined) return earlier;
  const models = checkedModels(loaded);
  known.set(loaded, models);
  models.catch(() => known.delete(loaded));
  return models;
}

async function checkedModels(loaded: ReadyRunbook): Promise<Models> {
  const {operations, missing} = await checked(loaded);
  return new Map([
    ...operations,
    ...[...missing].map(([name, why]) => [name, missingModel(name, why)] as const),
  ]);
}

async function checked(
  loaded: ReadyRunbook,
): Promise<Pick<Awaited<ReturnType<typeof resolveOperations>>, 'operations' | 'missing'>> {
  const {places} = loaded;
  if (places === undefined) return resolveOperations(loaded.runbook, lookUp);
  const {checkRunbook} = await import('../../runbook/check/check.ts');
  const found = await checkRunbook({...loaded, places}, lookUp);
  // A newer check may find more; a run that has begun goes on, as long as its operations are there.
  const problems = found.problems.filter(({rule}) => loaded.begun !== true || rule === 'operation');
  if (problems.length > 0) throw new InvalidRunbook(problems);
  return found;
}

/** Returns the model of `service:Operation`, or the reason why there is none. */
export async function lookUp(name: string): Promise<OperationLookup> {
  try {
    return {model: await modelNamed(name)};
  } catch (error) {
    if (!(error instanceof UnknownOperation)) throw error;
    const {message, suggestion} = error;
    const notInstalled = error instanceof NotInstalled;
    return {message, notInstalled, ...(suggestion === undefined ? {} : {suggestion})};
  }
}

/** The model of `service:Operation`. Throws {@link UnknownOperation}. */
export async function modelNamed(name: string): Promise<OperationModel> {
  const [service = '', operation = ''] = name.split(':');
  return (await loadService(service)).model(operation);
}

/** Stands in for an operation that cannot be called here: the step that names it is skipped. */
function missingModel(name: string, why: string): OperationModel {
  const [service = '', operation = ''] = name.split(':');
  const shapes = {input: anything, output: anything};
  return {name, service, operation, effect: 'read', resend: 'never', ...shapes, missing: why};
}
