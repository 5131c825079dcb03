import {sha256} from '../../data/sha256.ts';
import type {PlannedChange, RunQuestion} from '../model/events.ts';
import type {ApprovalRule, Approvals} from '../model/happenings/approval.ts';
import type {RunState} from '../model/state.ts';
import {changeKey} from './change-key.ts';

/** Returns a hash that names exactly these changes. The order in which they were found does not count. */
export function changesDigest(changes: readonly PlannedChange[]): string {
  return sha256(JSON.stringify(changes.map(changeKey).sort()));
}

/** Returns the stricter of two rules in each of its parts. One person, the caller too, is no rule. */
export function strictest(
  one: ApprovalRule | undefined,
  other: ApprovalRule | undefined,
): ApprovalRule | undefined {
  const needed = Math.max(one?.needed ?? 1, other?.needed ?? 1);
  const notCaller = one?.notCaller === true || other?.notCaller === true;
  const signed = one?.signed === true || other?.signed === true;
  if (needed === 1 && !notCaller && !signed) return undefined;
  return {needed, ...(notCaller ? {notCaller} : {}), ...(signed ? {signed} : {})};
}

/**
 * Returns the approvals that a question about changes wants, with those that were given to just these changes before, and
 * those that were given to other changes of the same step.
 */
export function approvalsOf(
  state: RunState,
  written: ApprovalRule | undefined,
  {step, changes}: Pick<RunQuestion, 'step' | 'changes'>,
): Approvals | undefined {
  const rule = strictest(written, state.policy?.approvals);
  if (rule === undefined) return undefined;
  const digest = changesDigest(changes);
  const ofStep = (state.approvals ?? []).filter((one) => one.step === step);
  const kept = ofStep.filter((one) => one.digest === digest);
  const lapsed = ofStep.filter((one) => one.digest !== digest);
  const given = kept.filter(
    ({by, signed}) =>
      (rule.notCaller !== true || !isCaller(state, by)) && (rule.signed !== true || signed === true),
  );
  return {
    ...rule,
    given: given.map(({by, at}) => ({by, at})),
    ...(lapsed.length === 0 ? {} : {lapsed: lapsed.map(({by, at}) => ({by, at}))}),
  };
}

/** Returns why a person's approval would not count; undefined when it would. */
export function whyNoApproval(
  state: RunState,
  {notCaller, signed, given}: Approvals,
  by: string,
  isSigned = false,
): Approvals['own'] | undefined {
  if (signed === true && !isSigned) return 'unsigned';
  if (given.some((one) => isSamePerson(one.by, by))) return 'given';
  return notCaller === true && isCaller(state, by) ? 'caller' : undefined;
}

/** Returns true for the person who started the run, and for those who resumed it. */
function isCaller({started, resumedBy = []}: RunState, by: string): boolean {
  return [started?.identity.arn ?? '', ...resumedBy].some((arn) => isSamePerson(arn, by));
}

/**
 * Returns true if two names may be one person's: an ARN, `ops/kim with --yes` and `kim@example.com` all end with one. In
 * doubt they are: a person must not count twice.
 */
function isSamePerson(one: string, other: string): boolean {
  const [first, second] = [personOf(one), personOf(other)];
  if (first === second) return true;
  const addresses = [first, second].filter((name) => name.includes('@')).length;
  return addresses === 1 && localPart(first) === localPart(second);
}

/** The name of the session or the user, which stands last. */
function personOf(by: string): string {
  const name = by.replace(/ with --.*$/s, '');
  return name.slice(name.lastIndexOf('/') + 1).toLowerCase();
}

function localPart(name: string): string {
  return name.split('@')[0] ?? name;
}
