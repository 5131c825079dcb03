import {byId} from '../../data/by-id.ts';
import {nextRegionStep} from '../../engine/queries/progress.ts';
import type {Lane, RunState, StepProgress} from '../../engine/model/state.ts';
import {unknownRegions} from '../../engine/queries/region-truth.ts';
import {worksOf} from '../../engine/evolve/active-steps.ts';
import {timeLeft} from '../../text/time.ts';
import {afterPauseText} from '../../wording/step-progress.ts';
import {isHeld, nextDue, pauseText} from '../../wording/region-status.ts';

/** Formats a Region's next step at `now` (ms since the epoch) and the operator's options. */
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
  const works = worksOf(lane);
  const retried = works
    .flatMap(({items}) => [...items])
    .find(({status, fault}) => status === 'waiting' && fault !== undefined);
  if (retried?.dueAt !== undefined)
    return [`it is tried again by itself in ${timeLeft(retried.dueAt - now)}`];
  const pause = works.flatMap((work) => afterPauseText(work, now) ?? [])[0];
  if (pause !== undefined) return [pause];
  const looked = works.filter((work) => nextDue(work) !== undefined).toSorted(soonestFirst)[0];
  const due = looked === undefined ? undefined : nextDue(looked);
  if (due !== undefined) {
    const deadline = looked?.deadline;
    const end = deadline === undefined ? '' : `, and given up in ${timeLeft(deadline - now)}`;
    return [`it is checked again by itself in ${timeLeft(due - now)}${end}`];
  }
  const end = works.find(({step}) => byId(state.steps, step)?.does === 'pause')?.deadline;
  if (end !== undefined) return [`it ${pauseText(state, end, now)}`];
  if (works.length > 0 || state.ended !== undefined) return [];
  if (isHeld(lane, now)) return [`it goes on by itself in ${timeLeft(lane.resumeAt - now)}`];
  const step = nextRegionStep(state, lane);
  return step === undefined
    ? ['nothing: it is through']
    : [`${step.title}, when every Region has come this far`];
}

function soonestFirst(one: StepProgress, other: StepProgress): number {
  return (nextDue(one) ?? Infinity) - (nextDue(other) ?? Infinity);
}
