import type {Lane, RunState} from '../engine/state.ts';
import {unknownRegions} from '../engine/truth.ts';
import {timeLeft} from '../text/time.ts';
import {nextDue} from './region-now.ts';

/** What comes next in a Region at `now` (ms since the epoch), and what the operator can do about it. */
export function nextStepText(
  state: RunState,
  lane: Lane,
  now: number,
  steerable: boolean,
): readonly string[] {
  if (lane.waived !== undefined) return ['nothing: the run goes on without this Region'];
  if (lane.fault !== undefined) {
    const remedy = lane.fault.remedy === undefined ? [] : [lane.fault.remedy];
    if (!steerable) return remedy;
    const waivable = unknownRegions(state).includes(lane) ? '; w goes on without this Region' : '';
    return [...remedy, `then r tries again${waivable}`];
  }
  const retried = [...(lane.current?.items ?? [])].find(({status, fault}) => status === 'waiting' && fault !== undefined);
  if (retried?.dueAt !== undefined)
    return [`it is tried again by itself in ${timeLeft(retried.dueAt - now)}`];
  const due = lane.current === undefined ? undefined : nextDue(lane.current);
  if (due !== undefined) {
    const deadline = lane.current?.deadline;
    const end = deadline === undefined ? '' : `, and given up in ${timeLeft(deadline - now)}`;
    return [`it is looked at again by itself in ${timeLeft(due - now)}${end}`];
  }
  if (lane.current !== undefined || state.ended !== undefined) return [];
  const step = state.steps.find(({scope}, index) => scope === 'region' && index >= lane.next);
  return step === undefined
    ? ['nothing: it is through']
    : [`${step.title}, when every Region has come this far`];
}
