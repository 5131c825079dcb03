import type {StepOutline} from '../../engine/model/events.ts';
import {oncePer} from '../../engine/persistent/memoize.ts';

/** A phase of a run: steps that follow each other under one title. */
export interface Phase {
  readonly title: string;
  readonly steps: readonly StepOutline[];
}

/** Most steps that are phases by themselves where the runbook groups none. */
const fewSteps = 6;

/** Returns the phases: the runbook's groups, or what its confirmations part. */
export const phasesOf = oncePer((steps: readonly StepOutline[]): readonly Phase[] => {
  const isGrouped = steps.some(({group}) => group !== undefined);
  if (!isGrouped && steps.length <= fewSteps)
    return steps.map((step) => ({title: step.title, steps: [step]}));
  const stretches: StepOutline[][] = [];
  for (const step of steps) {
    const last = stretches.at(-1);
    const before = last?.at(-1);
    if (last !== undefined && before !== undefined && belongs(step, before)) last.push(step);
    else stretches.push([step]);
  }
  return stretches.map((stretch) => ({title: titleOf(stretch), steps: stretch}));
});

/** Returns true if a step is in the same phase as the one before it. */
function belongs(step: StepOutline, before: StepOutline): boolean {
  if (step.group !== undefined || before.group !== undefined) return step.group === before.group;
  if (step.does === 'confirm' || before.does === 'confirm') return false;
  // A change, and the waits and checks for it, follow the looks that led to it.
  return step.does !== 'change' || before.does === 'change' || before.does === 'wait';
}

function titleOf(stretch: readonly StepOutline[]): string {
  const [first] = stretch;
  if (first?.group !== undefined) return first.group;
  if (stretch.length === 1 && first !== undefined) return first.title;
  return stretch.some(({does}) => does === 'change') ? 'Change' : 'Check';
}
