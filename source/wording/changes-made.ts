import {indexById} from '../data/by-id.ts';
import type {StepOutline} from '../engine/model/events.ts';
import type {RunState} from '../engine/model/state.ts';

/** Formats a run's changes. */
export interface ChangesMade {
  /** `3: Set schedules to manual 2, Delete the role 1`. */
  readonly made: string;
  /** Formats changes that AWS makes or refuses later: `the role is still there: AWS refused 2 times`. */
  readonly outcomes: readonly string[];
}

/** The changes that a run made, by step. One that AWS was only asked for is not among them. */
export function changesMade(state: RunState): ChangesMade {
  const asked = (step: StepOutline): number =>
    [...state.changes].filter((change) => change.step === step.id).length;
  const made = state.steps.flatMap((step) => {
    const times = step.outcome === undefined ? asked(step) : Number(isReached(state, step));
    return times === 0 ? [] : [{title: step.title, times}];
  });
  const total = made.reduce((sum, {times}) => sum + times, 0);
  const outcomes = state.steps.flatMap((step) => outcomeOf(state, step, asked(step)) ?? []);
  const bySteps = made.map(({title, times}) => `${title} ${times}`).join(', ');
  return {made: total === 0 ? 'none' : `${total}: ${bySteps}`, outcomes};
}

/** Returns true if AWS was asked for it and a later check saw its effect. */
function isReached({account, changes}: RunState, {id, outcome}: StepOutline): boolean {
  const shown = outcome === undefined ? undefined : account.results[outcome.step]?.status;
  return shown === 'succeeded' && [...changes].some((change) => change.step === id);
}

/** Formats the result of a change that AWS makes later; undefined where the response is the result. */
export function effectOf(
  {account, steps}: RunState,
  {id, outcome}: StepOutline,
  isLast: boolean,
): 'reached' | 'refused' | 'open' | undefined {
  if (outcome === undefined) return undefined;
  // It was asked for again: the request before was refused.
  if (!isLast) return 'refused';
  if (account.results[outcome.step]?.status === 'succeeded') return 'reached';
  if (account.faultStep === outcome.step && account.fault?.name !== 'WaiterFailed') return 'open';
  // A refusal stops the account's lane, or takes it back to before the change.
  const isPast = account.next > indexById(steps, id);
  return isPast && account.fault?.name !== 'WaiterFailed' ? 'open' : 'refused';
}

function outcomeOf(state: RunState, step: StepOutline, asked: number): string | undefined {
  const {outcome} = step;
  if (outcome === undefined) return undefined;
  const {account} = state;
  if (account.results[outcome.step]?.status === 'succeeded') {
    return asked === 0 && account.results[step.id] === undefined ? undefined : outcome.reached;
  }
  if (asked === 0) return undefined;
  // A wait that AWS ended with a failure is a refusal; any other end of the look leaves it open.
  if (account.faultStep === outcome.step && account.fault?.name !== 'WaiterFailed')
    return account.fault?.message;
  const isOpen = effectOf(state, step, true) === 'open';
  const refused = isOpen ? asked - 1 : asked;
  const answers = [
    ...(refused === 0 ? [] : [`AWS refused ${times(refused)}`]),
    ...(isOpen ? ['the outcome of the last request is not known yet'] : []),
  ];
  return isOpen ? answers.join('; ') : `${outcome.missed}: ${answers.join('; ')}`;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
