import {indexById} from '../../data/by-id.ts';
import {oncePer} from '../../engine/persistent/memoize.ts';
import type {RunState} from '../../engine/model/state.ts';
import {presentStep, stepViews, type StepView} from '../step-progress.ts';
import {phasesOf, type Phase} from './phase-steps.ts';

/** A phase over all its steps. */
export interface PhaseView {
  readonly title: string;
  /** `before`: done in an earlier attempt. `refused`: it took the run back, and has not succeeded since. */
  readonly state: StepView['state'] | 'before' | 'refused';
  /** Its steps, without those that every lane has skipped. */
  readonly steps: readonly StepView[];
  /** The step that is under way or next in it. */
  readonly present: boolean;
  /** The attempt that was refused, or is under way, and the most there may be. */
  readonly attempt?: {readonly number: number; readonly most: number};
  /** Changes or Regions done, of all; absent where there are none to count. */
  readonly count?: string;
  /** From the first start to the last end (ms since the epoch), as far as these are known. */
  readonly startedAt?: number;
  readonly endedAt?: number;
}

export const phaseViews = oncePer((state: RunState): readonly PhaseView[] => {
  const views = stepViews(state);
  const here = views[presentStep(state, views)]?.outline.id;
  const {from, to} = state.detour ?? {};
  const [refusedAt, backTo] = [indexById(state.steps, from), indexById(state.steps, to)];
  let index = 0;
  return phasesOf(state.steps).map((phase) => {
    const first = index;
    index += phase.steps.length;
    return phaseView(state, phase, views.slice(first, index), {
      present: phase.steps.some(({id}) => id === here),
      // What lies before the refused step was done in an earlier attempt, and is begun again where the run went back to.
      wasBefore: index <= refusedAt,
      wasRefused: first <= refusedAt && refusedAt < index,
      keptSteps: Math.max(0, backTo - first),
    });
  });
});

/** Where a phase lies in the run. */
interface Place {
  readonly present: boolean;
  readonly wasBefore: boolean;
  readonly wasRefused: boolean;
  /** Its first steps that the run did not go back to. */
  readonly keptSteps: number;
}

function phaseView(
  state: RunState,
  {title}: Phase,
  all: readonly StepView[],
  {present, wasBefore, wasRefused, keptSteps}: Place,
): PhaseView {
  const steps = all.filter((view) => view.state !== 'skipped');
  const isBegunAgain = steps.some((view) => isBegun(view) && all.indexOf(view) >= keptSteps);
  const now = (wasBefore || wasRefused) && !isBegunAgain && steps.length > 0 ? 'todo' : stateOf(all, steps);
  const starts = steps.flatMap(({startedAt}) => startedAt ?? []);
  const ends = steps.flatMap(({endedAt}) => endedAt ?? []);
  const {visit = 0, maxVisits = 0} = state.detour ?? {};
  const isUnderWay = now === 'active';
  const attempt =
    wasRefused && now !== 'done' ? {number: isUnderWay ? visit + 1 : visit, most: maxVisits + 1} : undefined;
  const count = countOf(steps);
  return {
    title,
    state: now === 'todo' && wasRefused ? 'refused' : now === 'todo' && wasBefore ? 'before' : now,
    steps,
    present,
    ...(attempt === undefined ? {} : {attempt}),
    ...(count === undefined ? {} : {count}),
    ...(starts.length === 0 ? {} : {startedAt: Math.min(...starts)}),
    ...(now === 'done' && ends.length > 0 ? {endedAt: Math.max(...ends)} : {}),
  };
}

function stateOf(all: readonly StepView[], steps: readonly StepView[]): StepView['state'] {
  if (steps.length === 0) return all.length === 0 ? 'todo' : 'skipped';
  if (steps.some(({state}) => state === 'stopped')) return 'stopped';
  if (steps.every(({state}) => state === 'done')) return 'done';
  return steps.some(isBegun) ? 'active' : 'todo';
}

function isBegun({state}: StepView): boolean {
  return state === 'active' || state === 'done' || state === 'stopped';
}

/** The phase's changes where it has any; else the Regions that are through with the step under way. */
function countOf(steps: readonly StepView[]): string | undefined {
  const changes = steps.filter(({counts, total}) => counts === 'changes' && total > 0);
  if (changes.length > 0) {
    const sum = (of: (view: StepView) => number): number =>
      changes.reduce((total, view) => total + of(view), 0);
    return `${sum(({done}) => done)}/${sum(({total}) => total)}`;
  }
  const active = steps.find(
    ({state, outline}) => (state === 'active' || state === 'stopped') && outline.scope === 'region',
  );
  return active === undefined ? undefined : `${active.done}/${active.total}`;
}

/** `refused, attempt 1 of 6` of a phase that took the run back; `attempt 2 of 6` while it is tried again. */
export function attemptText(state: RunState, {state: now, attempt}: PhaseView): string {
  if (attempt === undefined) return '';
  const number = `attempt ${attempt.number} of ${attempt.most}`;
  if (now !== 'refused') return number;
  // A wait that AWS ended with a failure is a refusal; anything else is the runbook's own check.
  return `${state.detour?.fault.name === 'WaiterFailed' ? 'refused' : 'not yet'}, ${number}`;
}
