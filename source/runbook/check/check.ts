import {defined} from '../../data/defined.ts';
import type {LoadedRunbook} from '../load/load.ts';
import {distinct, type Problem} from '../load/problem.ts';
import type {Rule} from '../rule-texts.ts';
import {alongsideRule} from './rules/parallel.ts';
import {blindPlanRule} from './rules/blind-plan.ts';
import {arnsRule} from './rules/arns.ts';
import {confirmationRule} from './rules/confirmation.ts';
import type {CheckContext} from './context.ts';
import {effectsRule} from './rules/effects.ts';
import {errorNamesRule} from './rules/error-names.ts';
import {freeRoleNameRule} from './rules/free-role-name.ts';
import {hotPollsRule} from './rules/hot-polls.ts';
import {resolveOperations, type LookUpOperation, type ResolvedOperations} from './resolve-operations.ts';
import {membersRule} from './rules/members.ts';
import {onceRule} from './rules/once.ts';
import {pathsRule} from './rules/paths.ts';
import {newServiceRule, noRegionsRule, regionsOfRule} from './rules/regions-of.ts';
import {secretsRule} from './rules/secrets.ts';
import {typedTextRule} from './rules/typed-text.ts';
import {undoRule} from './rules/undo.ts';

/** Result of a check. */
export interface Checked extends Pick<ResolvedOperations, 'operations' | 'missing'> {
  /** In the order of the file; a runbook with any must not run. */
  readonly problems: readonly Problem[];
  /** In the order of the file; the runbook runs all the same. */
  readonly warnings: readonly Problem[];
}

type Check = (context: CheckContext) => readonly Problem[];

/** Rules about a whole runbook: whether it keeps them does not depend on shared steps alone. */
const ofWholes: ReadonlySet<Rule> = new Set(['confirmation', 'no-regions']);

const rules: readonly (readonly [Rule, Check])[] = [
  ['request-members', membersRule],
  ['expression-types', pathsRule],
  ['operation-effect', effectsRule],
  ['confirmation', confirmationRule],
  ['undo', undoRule],
  ['secrets', secretsRule],
  ['arns', arnsRule],
  ['alongside', alongsideRule],
  ['once', onceRule],
  ['typed-text', typedTextRule],
  ['regions-of', regionsOfRule],
];

const warningRules: readonly (readonly [Rule, Check])[] = [
  ['free-role-name', freeRoleNameRule],
  ['new-service', newServiceRule],
  ['no-regions', noRegionsRule],
  ['blind-plan', blindPlanRule],
  ['hot-polls', hotPollsRule],
  ['error-names', errorNamesRule],
];

function foundBy(checks: typeof rules, context: CheckContext): readonly Problem[] {
  const about = context.shared === undefined ? checks : checks.filter(([rule]) => !ofWholes.has(rule));
  return about.flatMap(([rule, check]) => check(context).map((problem) => ({...problem, rule})));
}

/** Checks a loaded runbook against the operations it names. Calls nothing: it works offline. */
export async function checkRunbook(loaded: LoadedRunbook, lookUp: LookUpOperation): Promise<Checked> {
  const {runbook, places, shared} = loaded;
  const {operations, missing, unknown} = await resolveOperations(runbook, lookUp);
  const problems: Problem[] = eachOnce(unknown).map(({path, found}) => ({
    ...places.atPath(path, found.message, found.suggestion),
    rule: 'operation',
  }));
  const context: CheckContext = {runbook, places, operations, ...defined({shared})};
  problems.push(...foundBy(rules, context));
  const warnings = foundBy(warningRules, context);
  return {problems: inOrder(problems), warnings: inOrder(warnings), operations, missing};
}

/** A client that is not installed is said once, where it is first needed. */
function eachOnce(unknown: ResolvedOperations['unknown']): ResolvedOperations['unknown'] {
  return unknown.filter(
    ({found}, at) =>
      !found.notInstalled || unknown.findIndex((one) => one.found.message === found.message) === at,
  );
}

/** In the order of the file, each once. */
function inOrder(problems: readonly Problem[]): readonly Problem[] {
  return distinct(problems).toSorted((a, b) => {
    if (a.file !== b.file) return a.file < b.file ? -1 : 1;
    return a.line - b.line || a.column - b.column;
  });
}
