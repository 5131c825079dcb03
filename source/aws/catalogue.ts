import {InvalidRunbook, type Problem} from '../runbook/problem.ts';
import type {LoadedRunbook} from '../runbook/load.ts';
import type {OperationModel} from '../runbook/operation.ts';
import {operationsOf} from '../engine/program.ts';
import {loadService, UnknownOperation} from './service.ts';

/** The models of all operations that a runbook names. Throws InvalidRunbook for those that do not exist. */
export async function modelsFor(loaded: LoadedRunbook): Promise<ReadonlyMap<string, OperationModel>> {
  const models = new Map<string, OperationModel>();
  const problems: Problem[] = [];
  for (const [index, step] of loaded.runbook.steps.entries()) {
    for (const name of operationsOf(step)) {
      try {
        models.set(name, await modelNamed(name));
      } catch (error) {
        if (!(error instanceof UnknownOperation)) throw error;
        const place = pathOf(step, name);
        problems.push(loaded.positions.atPath(['steps', index, ...place], error.message, error.suggestion));
      }
    }
  }
  if (problems.length > 0) throw new InvalidRunbook(problems);
  return models;
}

/** The model of `service:Operation`. Throws {@link UnknownOperation}. */
export async function modelNamed(name: string): Promise<OperationModel> {
  const [service = '', operation = ''] = name.split(':');
  return (await loadService(service)).model(operation);
}

function pathOf(step: LoadedRunbook['runbook']['steps'][number], name: string): readonly string[] {
  if (step.call === name) return ['call'];
  if (step.waitUntil?.call === name) return ['waitUntil', 'call'];
  return ['update', step.update?.read === name ? 'read' : 'write'];
}
