import {closestName} from './closest-name.ts';
import {parseExpression} from './expression/parse.ts';
import {partsOf} from './expression/template.ts';
import type {Path, Positions} from './positions.ts';
import type {Problem} from './problem.ts';
import {actionNames, type Runbook, type Step} from './schema.ts';

/** The words that `next` may have besides a step's id. */
const destinations = ['continue', 'end'];

/** What the schema cannot say: one action a step, ids that exist, jumps that end, expressions that parse. */
export function structureProblems(runbook: Runbook, positions: Positions): readonly Problem[] {
  const ids = runbook.steps.map(({id}) => id);
  return [
    ...runbook.steps.flatMap((step, index) => [
      ...actionProblems(step, ['steps', index], positions),
      ...idProblems(ids, index, positions),
      ...jumpProblems(runbook, step, index, positions),
    ]),
    ...expressionProblems(runbook, [], positions),
  ];
}

function actionProblems(step: Step, path: Path, positions: Positions): readonly Problem[] {
  const actions = actionNames.filter((name) => step[name] !== undefined);
  const problems: Problem[] = [];
  if (actions.length === 0) {
    problems.push(positions.atPath(path, `step ${step.id} has no action: one of ${actionNames.join(', ')}`));
  }
  for (const extra of actions.slice(1)) {
    problems.push(
      positions.atKey([...path, extra], `a step has one action, and ${actions[0]} is there already`),
    );
  }
  if (step.with !== undefined && step.call === undefined) {
    problems.push(positions.atKey([...path, 'with'], '`with` belongs to `call`'));
  }
  if (step.scope === 'region' && step.confirm !== undefined) {
    problems.push(
      positions.atKey([...path, 'confirm'], 'a confirmation is asked once, in the account scope'),
    );
  }
  return problems;
}

function idProblems(ids: readonly string[], index: number, positions: Positions): readonly Problem[] {
  const id = ids[index] ?? '';
  const path = ['steps', index, 'id'];
  if (destinations.includes(id)) return [positions.atPath(path, `${id} has a meaning of its own in next`)];
  return ids.indexOf(id) < index ? [positions.atPath(path, `there is a step ${id} already`)] : [];
}

function jumpProblems(runbook: Runbook, step: Step, index: number, positions: Positions): readonly Problem[] {
  return (step.catch ?? []).flatMap((catcher, which) => {
    const path = ['steps', index, 'catch', which];
    if (destinations.includes(catcher.next)) return [];
    const target = runbook.steps.findIndex(({id}) => id === catcher.next);
    if (target < 0) {
      const known = [...runbook.steps.map(({id}) => id), ...destinations];
      const meant = closestName(catcher.next, known);
      return [positions.atPath([...path, 'next'], `there is no step ${catcher.next}`, meant)];
    }
    if (target <= index && catcher.maxVisits === undefined) {
      return [positions.atPath([...path, 'next'], 'a jump back needs maxVisits, so that it ends')];
    }
    if (step.scope === 'region' && runbook.steps[target]?.scope !== 'region') {
      return [
        positions.atPath([...path, 'next'], `a Region step cannot go to the account step ${catcher.next}`),
      ];
    }
    return [];
  });
}

function expressionProblems(value: unknown, path: Path, positions: Positions): readonly Problem[] {
  if (typeof value === 'string') {
    try {
      for (const part of partsOf(value)) if ('expression' in part) parseExpression(part.expression);
      return [];
    } catch (error) {
      return [positions.atPath(path, error instanceof Error ? error.message : String(error))];
    }
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    expressionProblems(member, [...path, Array.isArray(value) ? Number(key) : key], positions),
  );
}
