import {indexById} from '../../data/by-id.ts';
import {closestName} from '../../text/closest-name.ts';
import {ExpressionError, parseExpression} from '../expression/parse.ts';
import {partsOf} from '../expression/template.ts';
import type {Path, Places} from './source-positions.ts';
import type {Problem} from './problem.ts';
import {actionKinds, syntaxes, type Action} from '../language/actions/actions.ts';
import {takenMembers, type Taken} from '../language/actions/syntax.ts';
import type {WrittenRunbook} from '../language/schema.ts';
import type {WrittenStep} from '../language/step.ts';

/** The words that `next` may have besides a step's id. */
const destinations = ['continue', 'end'];

/**
 * Checks that the schema cannot make: one action a step, ids that exist, jumps that end, expressions that parse.
 * `elsewhere`: ids of steps that are not in the file, and that its runbook has.
 */
export function structureProblems(
  runbook: WrittenRunbook,
  positions: Places,
  elsewhere: readonly string[] = [],
): readonly Problem[] {
  const ids = runbook.steps.map(({id}) => id);
  return [
    ...runbook.steps.flatMap((step, index) => [
      ...actionProblems(step, ['steps', index], positions),
      ...idProblems(ids, index, positions),
      ...jumpProblems(runbook, step, index, positions, elsewhere),
      ...outcomeProblems(runbook, step, index, positions, elsewhere),
    ]),
    ...expressionProblems(runbook, [], positions),
    ...bareProblems(runbook, positions),
  ];
}

function actionProblems(step: WrittenStep, path: Path, positions: Places): readonly Problem[] {
  const actions = actionKinds.filter((kind) => step[kind] !== undefined);
  const problems: Problem[] = [];
  if (actions.length === 0) {
    problems.push(positions.atPath(path, `step ${step.id} has no action: one of ${actionKinds.join(', ')}`));
  }
  for (const extra of actions.slice(1)) {
    problems.push(
      positions.atKey([...path, extra], `a step has one action, and ${actions[0]} is there already`),
    );
  }
  problems.push(
    ...takenMembers
      .filter((member) => step[member] !== undefined)
      .filter((member) => !actions.some((kind) => syntaxes[kind].takes.includes(member)))
      .map((member) => positions.atKey([...path, member], notTaken(member, actions))),
  );
  if (step.label !== undefined && step.forEach === undefined) {
    problems.push(
      positions.atKey([...path, 'label'], '`label` names the items of `forEach`, and there is none'),
    );
  }
  problems.push(...batchProblems(step, actions, [...path, 'batch'], positions));
  if (step.inUse !== undefined && step.column === undefined) {
    problems.push(positions.atKey([...path, 'inUse'], '`inUse` says what counts in a `column`: name one'));
  }
  for (const kind of actions) {
    const {accountOnly, withoutColumn} = syntaxes[kind];
    if (step.column !== undefined && withoutColumn !== undefined) {
      problems.push(positions.atKey([...path, 'column'], withoutColumn));
    }
    if (step.scope !== 'region' || accountOnly === undefined) continue;
    problems.push(positions.atKey([...path, kind], accountOnly));
  }
  return problems;
}

/** Batches are made of the items of a `forEach`, and only of requests. */
function batchProblems(
  {batch, forEach}: WrittenStep,
  actions: readonly Action['kind'][],
  path: Path,
  positions: Places,
): readonly Problem[] {
  if (batch === undefined) return [];
  if (forEach === undefined) {
    const message = '`batch` is about the items of `forEach`, and there is none: the step is done at once';
    return [positions.atKey(path, message)];
  }
  if (!actions.includes('waitUntil')) return [];
  return [positions.atKey(path, '`batch` belongs to `call` and `update`: a wait changes nothing')];
}

/** Returns why a member beside an action does not belong there. */
function notTaken(member: Taken, actions: readonly Action['kind'][]): string {
  const kinds = actionKinds.filter((kind) => syntaxes[kind].takes.includes(member));
  const belongs = `\`${member}\` belongs to ${listed(kinds.map((kind) => `\`${kind}\``))}`;
  const why = actions.map((kind) => syntaxes[kind].without?.[member]).find((one) => one !== undefined);
  return why === undefined ? belongs : `${belongs}: ${why}`;
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

function idProblems(ids: readonly string[], index: number, positions: Places): readonly Problem[] {
  const id = ids[index] ?? '';
  const path = ['steps', index, 'id'];
  if (destinations.includes(id)) return [positions.atPath(path, `${id} has a special meaning in next`)];
  return ids.indexOf(id) < index ? [positions.atPath(path, `there is a step ${id} already`)] : [];
}

function jumpProblems(
  runbook: WrittenRunbook,
  step: WrittenStep,
  index: number,
  positions: Places,
  elsewhere: readonly string[],
): readonly Problem[] {
  return (step.catch ?? []).flatMap((catcher, which) => {
    const path = ['steps', index, 'catch', which];
    if (catcher.output !== undefined && catcher.next !== 'continue') {
      const message = '`output` is what the step gives instead: it belongs to `next: continue`';
      return [positions.atKey([...path, 'output'], message)];
    }
    if (catcher.next === 'end' && step.scope === 'region') {
      const message = 'one Region cannot end the run for all: let the step fail, or go on with `continue`';
      return [positions.atPath([...path, 'next'], message)];
    }
    if (destinations.includes(catcher.next)) return [];
    const target = indexById(runbook.steps, catcher.next);
    const isElsewhere = elsewhere.includes(catcher.next);
    if (target < 0 && !isElsewhere) {
      const known = [...runbook.steps.map(({id}) => id), ...destinations];
      const meant = closestName(catcher.next, known);
      return [positions.atPath([...path, 'next'], `there is no step ${catcher.next}`, meant)];
    }
    if (target > index) {
      const message = `a jump leads back: to leave out steps, give them a condition with \`when\``;
      return [positions.atPath([...path, 'next'], message)];
    }
    if (catcher.maxVisits === undefined) {
      return [positions.atPath([...path, 'next'], 'a jump back needs maxVisits, so that it ends')];
    }
    if (isElsewhere) return [];
    if (step.scope === 'region' && runbook.steps[target]?.scope !== 'region') {
      return [
        positions.atPath([...path, 'next'], `a Region step cannot go to the account step ${catcher.next}`),
      ];
    }
    return waitBeforeProblems(runbook, catcher, [target, index], [...path, 'waitBefore'], positions);
  });
}

/** The wait of a jump holds up an account step, on the way back to the step that failed. */
function waitBeforeProblems(
  {steps}: WrittenRunbook,
  {waitBefore, waitSeconds}: NonNullable<WrittenStep['catch']>[number],
  [first, last]: readonly [number, number],
  path: Path,
  positions: Places,
): readonly Problem[] {
  if (waitBefore === undefined) return [];
  if (waitSeconds === undefined) return [positions.atPath(path, 'there is no wait: give it waitSeconds')];
  const held = indexById(steps, waitBefore);
  const onTheWay = held >= first && held <= last && steps[last]?.scope === 'account';
  if (onTheWay && steps[held]?.scope === 'account') return [];
  const way = `${steps[first]?.id} … ${steps[last]?.id}`;
  return [positions.atPath(path, `${waitBefore} is no account step on the way (${way})`)];
}

/** The step that shows a change's outcome comes after it, in the same lane. */
function outcomeProblems(
  {steps}: WrittenRunbook,
  {outcome, scope}: WrittenStep,
  index: number,
  positions: Places,
  elsewhere: readonly string[],
): readonly Problem[] {
  if (outcome === undefined) return [];
  const path = ['steps', index, 'outcome'];
  if (scope !== 'account') return [positions.atKey(path, '`outcome` belongs to an account step')];
  const later = steps.slice(index + 1).filter((step) => step.scope === 'account');
  if (elsewhere.includes(outcome.step) || later.some(({id}) => id === outcome.step)) return [];
  const meant = closestName(
    outcome.step,
    later.map(({id}) => id),
  );
  return [positions.atPath([...path, 'step'], `no later account step is called ${outcome.step}`, meant)];
}

function expressionProblems(value: unknown, path: Path, positions: Places): readonly Problem[] {
  if (typeof value === 'string') {
    try {
      const parts = partsOf(value);
      return parts.flatMap((part) =>
        'expression' in part
          ? expressionProblem(part.expression, part.offset, path, positions)
          : strayProblem(part.text, value.indexOf(part.text), path, positions),
      );
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      return [positions.atText(path, error.offset ?? 0, error.message)];
    }
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    expressionProblems(member, [...path, Array.isArray(value) ? Number(key) : key], positions),
  );
}

/** An expression in the marks of another tool would be sent to AWS as it stands. */
const stray = /(\$\{|\{\{|\$\s+\{\{)\s*(inputs|steps|item|account|caller|region)\b/;

function strayProblem(text: string, start: number, path: Path, positions: Places): readonly Problem[] {
  const found = stray.exec(text);
  if (found === null) return [];
  return [positions.atText(path, start + found.index, `write an expression as \${{ ${found[2]}… }}`)];
}

function expressionProblem(source: string, start: number, path: Path, positions: Places): readonly Problem[] {
  try {
    parseExpression(source);
    return [];
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return [positions.atText(path, start + (error.offset ?? 0), error.message)];
  }
}

/** Expressions without `${{ }}`, such as the paths of acceptors. */
function bareProblems(runbook: WrittenRunbook, positions: Places): readonly Problem[] {
  return runbook.steps.flatMap((step, index) =>
    actionKinds
      .flatMap((kind) => syntaxes[kind].bareExpressions?.(step) ?? [])
      .flatMap(({source, path}) => expressionProblem(source, 0, ['steps', index, ...path], positions)),
  );
}
