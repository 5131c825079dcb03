import {worksOf} from '../evolve/active-steps.ts';
import {nothing, resting, type Decision} from '../model/decision.ts';
import type {Happening} from '../model/events.ts';
import type {Program} from '../model/program.ts';
import type {Lane, RunState} from '../model/state.ts';
import {heldUntil} from '../queries/held-until.ts';
import {stepsToBegin} from '../queries/progress.ts';
import {unknownRegions} from '../queries/region-truth.ts';
import {stoppedLanes} from '../queries/stopped-lanes.ts';
import {ending} from './end-run.ts';
import {closedOnce, openingGate} from '../gates/change-gate.ts';
import {idleCache} from './idle-cache.ts';
import {startStep} from './start-step.ts';
import {stopUnlooked} from './stop-unlooked.ts';
import {together} from './together.ts';
import type {Turn} from './turn.ts';
import {decideWork} from './work.ts';

/**
 * Decides the next actions. Pure: besides the program and the state it takes `now` (ms since the epoch) and `token`,
 * which makes an idempotency token.
 */
export function decide(program: Program, state: RunState, now: number, token: () => string): Decision {
  if (state.started === undefined || state.ended !== undefined || state.interrupted !== undefined)
    return nothing;
  const waivers = waiversOf(program, state);
  if (waivers.length > 0) return {...nothing, records: waivers};
  if (state.paused !== undefined) return nothing;
  const held = heldUntil(state, now);
  if (held !== undefined) return {...nothing, wakeAt: held};
  const opening = openingGate(state, now);
  if (opening !== undefined) return opening;
  const budget = {
    calls: program.limits.maxConcurrency - state.calls.length,
    last: state.lastCall,
  };
  const forLane = (lane: Lane): Decision => {
    const one = decideLane({program, state, lane, now, token, budget});
    // Recording re-runs decide(), so no calls are prepared now.
    if (one.records.length > 0) budget.calls = 0;
    return one;
  };
  const {seenOver} = state;
  const memory = idleCache({program, account: state.account.next, seenOver, now, budget});
  const decision = closedOnce(
    together([forLane(state.account), state.lanes.fold({each: forLane, together, memory})]),
  );
  const idle =
    decision.records.length === 0 &&
    decision.calls.length === 0 &&
    decision.ask === undefined &&
    decision.calendars === undefined &&
    decision.wakeAt === undefined &&
    state.question === undefined &&
    state.calls.length === 0;
  if (!idle) return decision;
  // An attending operator can still try again or waive, so the run waits instead of ending.
  return program.attended && stoppedLanes(state).length > 0
    ? nothing
    : {...nothing, records: [ending(program, state)]};
}

/** Applies waivers from the command line to Regions that turned out to be unknown. */
function waiversOf(program: Program, state: RunState): readonly Happening[] {
  if (program.waive.length === 0) return [];
  return unknownRegions(state).flatMap(({region}): Happening[] =>
    region !== undefined && program.waive.includes(region)
      ? [{type: 'waived', region, by: program.waivedBy ?? '--waive'}]
      : [],
  );
}

function decideLane(turn: Turn): Decision {
  const {program, state, lane, now} = turn;
  const works = worksOf(lane);
  const stop = works.length === 0 ? stopUnlooked(state, lane) : undefined;
  if (stop !== undefined) return {...nothing, records: [stop]};
  const begin = stepsToBegin(state, lane);
  if (works.length === 0 && begin.length === 0) return resting;
  const {resumeAt = 0} = lane;
  if (works.length === 0 && now < resumeAt) {
    return {...nothing, wakeAt: resumeAt, rest: {calls: false, until: resumeAt}};
  }
  return together([
    ...works.map((work) => decideWork(turn, work)),
    ...begin.map((index) => startStep(program, state, lane, index, now)),
  ]);
}
