import type {LoadedRunbook} from '../load/load.ts';
import type {OperationModel} from '../operation.ts';
import type {Problem} from '../load/problem.ts';
import {alongsideRule} from './rules/parallel.ts';
import {arnsRule} from './rules/arns.ts';
import {confirmationRule} from './rules/confirmation.ts';
import type {CheckContext} from './context.ts';
import {lookUpAll, type LookedUp} from './resolve-operations.ts';
import {membersRule} from './rules/members.ts';
import {pathsRule} from './rules/paths.ts';
import {secretsRule} from './rules/secrets.ts';
import {undoRule} from './rules/undo.ts';

/** What is known of an operation: its model, or why there is none. */
export type Lookup =
  | {readonly model: OperationModel}
  | {
      readonly message: string;
      readonly suggestion?: string;
      /** The AWS client's package is not on this host, so nothing can be said about the operation. */
      readonly notInstalled: boolean;
    };

/** Looks up `service:Operation`. */
export type LookUp = (name: string) => Promise<Lookup>;

/** What a check came to. */
export interface Checked extends Pick<LookedUp, 'operations' | 'missing'> {
  /** In the order of the file; a runbook with any must not run. */
  readonly problems: readonly Problem[];
}

const rules = [
  membersRule,
  pathsRule,
  confirmationRule,
  undoRule,
  secretsRule,
  arnsRule,
  alongsideRule,
] as const;

/** Checks a loaded runbook against the operations it names. Calls nothing: it works offline. */
export async function checkRunbook(loaded: LoadedRunbook, lookUp: LookUp): Promise<Checked> {
  const {runbook, places} = loaded;
  const {operations, missing, unknown} = await lookUpAll(runbook, lookUp);
  const problems = unknown.map(({path, found}) => places.atPath(path, found.message, found.suggestion));
  const context: CheckContext = {runbook, places, operations};
  problems.push(...rules.flatMap((rule) => rule(context)));
  return {problems: inOrder(problems), operations, missing};
}

/** In the order of the file, each once. */
function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Map(problems.map((one) => [`${one.file}:${one.line}:${one.column}:${one.message}`, one]));
  return [...seen.values()].sort((a, b) => {
    if (a.file !== b.file) return a.file < b.file ? -1 : 1;
    return a.line - b.line || a.column - b.column;
  });
}
