import type {Step} from './step.ts';

type Conditional = Pick<Step, 'group' | 'when'>;

/** The conditions under which a step is worked on: its group's, then its own. */
export function conditionsOf({group, when}: Conditional): readonly string[] {
  return [group?.when, when].filter((one) => one !== undefined);
}

/** Returns true if `other` is worked on wherever `step` is: it has no conditions but those of the step. */
export function runsWherever(step: Conditional | undefined, other: Conditional): boolean {
  const known = step === undefined ? [] : conditionsOf(step);
  return conditionsOf(other).every((when) => known.includes(when));
}
