import {byId} from '../data/by-id.ts';
import type {Fault} from '../engine/model/fault.ts';
import type {ItemProgress, Lane, RunState, StepProgress} from '../engine/model/state.ts';
import {looksAnywhere, stoppedLooking, truthOf} from '../engine/queries/region-truth.ts';
import {nextRegionStep, nextStep} from '../engine/queries/progress.ts';
import {worksOf} from '../engine/evolve/active-steps.ts';
import {moment, timeBound, timeLeft, timeOfDay} from '../text/time.ts';
import {batchName, pauseEnd} from './step-progress.ts';
import {signs, type Sign} from './signs.ts';
import {faultWord, shortFaultText, shortTarget} from './fault-text.ts';

/** A lane's action or the reason it has none, with its urgency: 0 first. */
export interface Now {
  readonly sign: Sign;
  readonly text: string;
  readonly attention: number;
}

/** Formats a Region's action at `now` (ms since the epoch). */
export function regionNow(state: RunState, lane: Lane, now: number): Now {
  if (lane.waived?.unlooked === true) {
    return {sign: signs.unknown, text: `not checked: ${lane.waived.by}`, attention: 7};
  }
  // AWS's own words outrank a waiver.
  if (lane.waived !== undefined && lane.usage.length > 0) {
    return {
      sign: signs.trouble,
      text: `${usageText(lane)}, says AWS; waived by ${lane.waived.by}`,
      attention: 0,
    };
  }
  if (lane.waived !== undefined) {
    const why = lane.fault === undefined ? '' : `: ${faultWord(lane.fault)}`;
    return {sign: signs.unknown, text: `waived by ${lane.waived.by}${why}`, attention: 7};
  }
  if (lane.fault !== undefined) return stopped(state, lane.fault, lane);
  const work = worksOf(lane).find(isRetrying) ?? lane.current;
  if (work !== undefined) return working(state, work, now);
  if (isHeld(lane, now))
    return {sign: signs.active, text: `goes on in ${timeLeft(lane.resumeAt - now)}`, attention: 6};
  if (lane.usage.length > 0) return {sign: signs.trouble, text: usageText(lane), attention: 2};
  const truth = truthOf(state, lane);
  if (truth === 'clear') return {sign: signs.done, text: 'clear', attention: 9};
  const [unlooked] = Object.values(lane.unlooked ?? {});
  if (truth === 'unknown' && unlooked !== undefined)
    return {sign: signs.unknown, text: shortFaultText(unlooked), attention: 0};
  if (truth === 'unlooked' && !looksAnywhere(state)) {
    const through = nextStep(state, lane) === undefined && state.ended?.status === 'done';
    return {sign: through ? signs.done : signs.todo, text: through ? 'done' : 'to do', attention: 8};
  }
  if (truth === 'unlooked') return {sign: signs.todo, text: 'not checked yet', attention: 8};
  const next = nextRegionStep(state, lane);
  const text = next === undefined ? 'in use' : `in use, next: ${next.title}`;
  return {sign: signs.todo, text, attention: 5};
}

/** Returns true if the lane's own jump back holds it up at `now` (ms since the epoch). */
export function isHeld(lane: Lane, now: number): lane is Lane & {readonly resumeAt: number} {
  return lane.resumeAt !== undefined && now < lane.resumeAt;
}

function stopped(state: RunState, fault: Fault, lane: Lane): Now {
  // AWS's report of a use outranks the reason why the check failed.
  if (lane.usage.length > 0) {
    const text = `${usageText(lane)}, says AWS; not checked: ${faultWord(fault)}`;
    return {sign: signs.trouble, text, attention: 0};
  }
  if (fault.kind === 'not-enabled') return {sign: signs.skipped, text: faultWord(fault), attention: 1};
  if (truthOf(state, lane) === 'unknown')
    return {sign: signs.unknown, text: shortFaultText(fault), attention: 0};
  const text = stoppedLooking(state, lane) ? `in use; ${shortFaultText(fault)}` : shortFaultText(fault);
  return {sign: signs.trouble, text, attention: 0};
}

function usageText(lane: Lane): string {
  const [first, ...more] = lane.usage;
  const reported = first?.reportedRegion === undefined ? '' : ` (reported in ${first.reportedRegion})`;
  const rest = more.length > 0 ? ` and ${more.length} more` : '';
  return `in use: ${shortTarget(first?.resource ?? '')}${reported}${rest}`;
}

function working(state: RunState, current: StepProgress, now: number): Now {
  const items = [...current.items];
  const outline = byId(state.steps, current.step);
  const held = state.paused !== undefined && !items.some(({status}) => status === 'calling');
  const retrying = items.find((item) => item.fault !== undefined && item.status === 'waiting');
  if (retrying !== undefined) return {sign: signs.retry, text: retryText(retrying, now), attention: 3};
  const done = items.filter((item) => item.status === 'done' || item.status === 'failed').length;
  const pause = pauseEnd(current, now);
  if (pause !== undefined && !held)
    return {sign: signs.active, text: `${batchName(current)}, goes on at ${timeOfDay(pause)}`, attention: 6};
  const progress = items.length > 1 ? ` ${done}/${items.length}` : '';
  const page = items.find((item) => item.page > 1)?.page;
  const detail = page === undefined ? progress : `${progress}, page ${page}`;
  // A poll that is under way is that next look: the words do not change for the moment that it takes.
  const due = nextDue(current) ?? (items.some(isPolled) ? now : undefined);
  const batch = batchName(current);
  const text =
    outline?.does === 'pause' && current.deadline !== undefined
      ? pauseText(state, current.deadline, now)
      : `${outline?.title ?? current.step}${detail}${batch === undefined ? '' : `, ${batch}`}`;
  const attention = outline?.does === 'change' ? 4 : due === undefined ? 7 : 6;
  if (held) return {sign: signs.paused, text, attention};
  if (due === undefined) return {sign: signs.active, text, attention};
  return {sign: signs.active, text: `next check within ${timeBound(due - now)}`, attention};
}

/** Says when a pause ends. A run that the operator has paused does not go on by itself then. */
export function pauseText({paused}: RunState, end: number, now: number): string {
  return `goes on ${paused === undefined ? 'at' : 'not before'} ${moment(end, now)}`;
}

/** It is being polled, and not for the first time. */
function isPolled({status, phase, polls}: ItemProgress): boolean {
  return status === 'calling' && phase === 'poll' && polls > 0;
}

/** Returns true if a call of the step failed and is tried again. */
export function isRetrying({items}: StepProgress): boolean {
  return [...items].some(({fault, status}) => fault !== undefined && status === 'waiting');
}

function retryText(item: ItemProgress, now: number): string {
  const tries =
    item.maxAttempts === undefined ? `${item.attempt + 1}` : `${item.attempt + 1}/${item.maxAttempts}`;
  const due = item.dueAt === undefined ? '' : ` in ${timeLeft(item.dueAt - now)}`;
  return `retry ${tries}${due}${item.fault === undefined ? '' : `: ${faultWord(item.fault)}`}`;
}

/** Time of the earliest next check of the step's items (ms since the epoch). A retry after an error is no check. */
export function nextDue(current: StepProgress): number | undefined {
  const due = [...current.items].flatMap((item) =>
    item.status === 'waiting' && item.fault === undefined && item.dueAt !== undefined ? [item.dueAt] : [],
  );
  return due.length === 0 ? undefined : Math.min(...due);
}
