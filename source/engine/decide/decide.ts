import {ExpressionError} from '../../runbook/expression/parse.ts';
import {evaluateText} from '../../runbook/expression/template.ts';
import type {Step} from '../../runbook/language/step.ts';
import {nothing, resting, type CallAction, type Decision} from '../model/decision.ts';
import type {Happening, Json} from '../model/events.ts';
import {failStep} from './on-failure.ts';
import {expressionFault, type Fault} from '../model/fault.ts';
import {openItems} from './open-items.ts';
import {placeOf} from '../model/place.ts';
import {isThrough, stepsToBegin} from '../queries/progress.ts';
import {changeOf, modelOf, type Program} from '../model/program.ts';
import {callsOf} from '../actions/actions.ts';
import {requestOf} from './build-request.ts';
import {decisionAtRest, rememberRest, restOfAll} from './idle-cache.ts';
import {answerScope} from './expression-scope.ts';
import type {Part} from '../persistent/persistent-list.ts';
import {startStep} from './start-step.ts';
import {summaryOf} from './step-summary.ts';
import type {ItemProgress, Lane, RunState, StepProgress} from '../model/state.ts';
import {stoppedLanes} from '../queries/stopped-lanes.ts';
import {stoppedLooking, unknownRegions} from '../queries/region-truth.ts';
import {requestFault} from './unsafe-request.ts';
import {worksOf} from '../evolve/active-steps.ts';

/**
 * What is to be done now. Pure: `now` (ms since the epoch) and `token` (which makes a fresh idempotency token) are
 * the only things it is told besides the runbook and the state.
 */
export function decide(program: Program, state: RunState, now: number, token: () => string): Decision {
  if (state.started === undefined || state.ended !== undefined || state.interrupted !== undefined)
    return nothing;
  const waivers = waiversOf(program, state);
  if (waivers.length > 0) return {...nothing, records: waivers};
  if (state.paused !== undefined) return nothing;
  if (state.detour !== undefined && state.detour.resumeAt > now) {
    return {...nothing, wakeAt: state.detour.resumeAt};
  }
  const budget = {
    calls: program.limits.maxConcurrency - state.calls.length,
    last: state.lastCall,
  };
  const forLane = (lane: Lane): Decision => {
    const one = decideLane({program, state, lane, now, token, budget});
    // Once that is recorded everything is decided anew: calls would be made ready for nothing.
    if (one.records.length > 0) budget.calls = 0;
    return one;
  };
  const forPart = (part: Part<Lane>): Decision => {
    const moment = {program, account: state.account.next, now, room: budget.calls};
    const known = decisionAtRest(part, moment);
    if (known !== undefined) return known;
    const decisions = 'values' in part ? part.values.map(forLane) : part.parts.map(forPart);
    return rememberRest(part, moment, together(decisions));
  };
  const decision = together([forLane(state.account), forPart(state.lanes.whole)]);
  const idle =
    decision.records.length === 0 &&
    decision.calls.length === 0 &&
    decision.ask === undefined &&
    decision.wakeAt === undefined &&
    state.question === undefined &&
    state.calls.length === 0;
  if (!idle) return decision;
  // Whoever is there can still try again or waive: the run waits for them instead of ending.
  return program.attended && stoppedLanes(state).length > 0
    ? nothing
    : {...nothing, records: [ending(state)]};
}

/** Waivers that were given beforehand, for Regions that turned out to be unknown. */
function waiversOf(program: Program, state: RunState): readonly Happening[] {
  if (program.waive.length === 0) return [];
  return unknownRegions(state).flatMap(({region}): Happening[] =>
    region !== undefined && program.waive.includes(region) ? [{type: 'waived', region, by: '--waive'}] : [],
  );
}

/** What is decided for lanes one by one, together. Most often it is that they rest. */
function together(decisions: readonly Decision[]): Decision {
  if (decisions.every((one) => one === resting)) return resting;
  const wakeAt = decisions.reduce((first, one) => Math.min(first, one.wakeAt ?? Infinity), Infinity);
  const ask = decisions.find((one) => one.ask !== undefined)?.ask;
  return {
    records: decisions.flatMap((one) => one.records),
    calls: decisions.flatMap((one) => one.calls),
    ...(ask === undefined ? {} : {ask}),
    ...(wakeAt === Infinity ? {} : {wakeAt}),
    ...restOfAll(decisions),
  };
}

interface Turn {
  readonly program: Program;
  readonly state: RunState;
  readonly lane: Lane;
  readonly now: number;
  readonly token: () => string;
  /** Calls that may still be started, and the number of the last one. Shared by the lanes of one decision. */
  readonly budget: {calls: number; last: number};
}

function decideLane(turn: Turn): Decision {
  const {program, state, lane, now} = turn;
  const works = worksOf(lane);
  const begin = stepsToBegin(state, lane);
  if (works.length === 0 && begin.length === 0) return resting;
  return together([
    ...works.map((work) => decideWork(turn, work)),
    ...begin.map((index) => startStep(program, state, lane, index, now)),
  ]);
}

function decideWork(turn: Turn, progress: StepProgress): Decision {
  const {program, lane, now} = turn;
  const step = program.runbook.steps.find(({id}) => id === progress.step);
  if (step === undefined || lane.fault !== undefined) return resting;
  const timeIsUp = progress.deadline !== undefined && now >= progress.deadline;
  const open = openItems(progress.items, timeIsUp ? Infinity : step.maxConcurrency);
  const doubtful = open.find((item) => item.doubtful === true);
  if (doubtful !== undefined) return askToResend(turn, step, doubtful);
  if (open.length > 0) return workOn(turn, step, progress, open);
  const failed = [...progress.items].find(({status}) => status === 'failed');
  // What goes on at the same time may be given up with it, but not while an answer is still to come.
  if (failed !== undefined && awaitsAnswers(lane)) return resting;
  try {
    return {
      ...nothing,
      records: failed === undefined ? succeed(turn, step, progress) : fail(turn, step, failed),
    };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    if (awaitsAnswers(lane)) return resting;
    return {
      ...nothing,
      records: [{type: 'step-failed', fault: expressionFault(error), ...placeOf(lane, step.id)}],
    };
  }
}

/** A call whose answer was lost, and that must not be made twice, is the operator's to decide. */
function askToResend({state, lane}: Turn, step: Step, item: ItemProgress): Decision {
  if (state.question !== undefined) return nothing;
  const operation = callsOf(step.action).operation(step.action, item.phase);
  const region = lane.region === undefined ? {} : {region: lane.region};
  return {
    ...nothing,
    ask: {
      step: step.id,
      message:
        `${operation} was sent, and the run was cut off before its answer came. Look whether it happened. ` +
        'Say yes to send it again.',
      changes: [{step: step.id, title: step.title, operation, target: item.key, ...region}],
      kind: 'resend',
      resend: {item: item.key, ...region},
    },
  };
}

function awaitsAnswers(lane: Lane): boolean {
  return worksOf(lane).some(({items}) => [...items].some(({status}) => status === 'calling'));
}

function workOn(turn: Turn, step: Step, progress: StepProgress, open: readonly ItemProgress[]): Decision {
  const timeLimit = callsOf(step.action).mindsDeadline === true ? undefined : progress.deadline;
  let active = open.filter(({status}) => status === 'calling').length;
  if (active === open.length && timeLimit === undefined) return resting;
  const records: Happening[] = [];
  const calls: CallAction[] = [];
  const dues: number[] = [];
  let crowdedOut = false;
  for (const item of open) {
    if (item.status === 'calling') continue;
    if (timeLimit !== undefined && turn.now >= timeLimit) {
      const place = placeOf(turn.lane, step.id);
      records.push({type: 'item-failed', item: item.key, fault: timedOut(step, item), ...place});
      continue;
    }
    const due = Math.min(item.dueAt ?? 0, timeLimit ?? Infinity);
    if (item.status === 'waiting' && due > turn.now) {
      dues.push(due);
      // An item that waits for its next try keeps its place: the others are not started past it.
      if (item.attempt > 0) active += 1;
      continue;
    }
    if (active >= step.maxConcurrency) continue;
    if (turn.budget.calls <= 0) {
      crowdedOut = true;
      continue;
    }
    try {
      calls.push(callFor(turn, step, item));
      active += 1;
    } catch (error) {
      const place = placeOf(turn.lane, step.id);
      records.push({type: 'item-failed', item: item.key, fault: requestFault(error), ...place});
    }
  }
  const wakeAt = dues.reduce((first, due) => Math.min(first, due), Infinity);
  const rest = {calls: crowdedOut, until: Math.min(wakeAt, timeLimit ?? Infinity)};
  return {
    records,
    calls,
    ...(wakeAt === Infinity ? {} : {wakeAt}),
    ...(records.length > 0 || calls.length > 0 ? {} : {rest}),
  };
}

/** Not said to be over before its time: what is under way may still come back, and nothing more is started. */
function timedOut(step: Step, item: ItemProgress): Fault {
  const last = item.fault === undefined ? '' : `; the last try said: ${item.fault.message}`;
  return {
    kind: 'timeout',
    name: 'StepTimedOut',
    message: `${step.title}: not done within its time${last}`,
    remedy: 'look at what holds it up, then run it again',
  };
}

function callFor(turn: Turn, step: Step, item: ItemProgress): CallAction {
  const {program, state, lane} = turn;
  const {action} = step;
  const calls = callsOf(action);
  const phase = item.phase === 'call' ? calls.firstPhase : item.phase;
  const model = modelOf(program, calls.operation(action, phase));
  const input = requestOf(calls, action, {program, state, lane, item, phase}, turn.token());
  turn.budget.calls -= 1;
  turn.budget.last += 1;
  return {
    intent: {
      type: 'call-started',
      call: turn.budget.last,
      ...placeOf(lane, step.id),
      item: item.key,
      phase,
      operation: model.name,
      effect: model.effect,
      attempt: (phase === 'write' ? (item.sent ?? 0) : item.attempt) + 1,
      page: item.page,
      input,
      ...(model.effect === 'change' && model.resend === 'never' ? {once: true} : {}),
    },
    request: {
      operation: model.name,
      input,
      ...(lane.region === undefined ? {} : {region: lane.region}),
      ...(phase === 'read' ? {exact: true} : {}),
    },
  };
}

function succeed({program, state, lane}: Turn, step: Step, progress: StepProgress): readonly Happening[] {
  const outputs = [...progress.items].map(({output}) => output ?? null);
  const output: Json = step.forEach === undefined ? (outputs[0] ?? null) : outputs;
  const place = placeOf(lane, step.id);
  const counted = step.inUse === undefined ? output : inUseOf(state, lane, step.inUse, output);
  const inUse = step.column === undefined ? undefined : foundBy(program, step, counted);
  const summary = summaryOf(state, lane, step, output);
  return [
    {
      type: 'step-succeeded',
      output,
      ...(summary === undefined ? {} : {summary}),
      ...(inUse === undefined ? {} : {inUse}),
      ...place,
    },
  ];
}

/** The part of a look's output that its step says is in use. Throws ExpressionError. */
function inUseOf(state: RunState, lane: Lane, expression: string, output: Json): Json {
  const found = evaluateText(expression, answerScope(state, lane, null, output), 'strict');
  if (!Array.isArray(found)) throw new ExpressionError('`inUse` must give a list');
  return found;
}

/** How many things a look found: what its list holds, or what the lists of its items hold together. */
function foundBy(program: Program, step: Step, output: Json): number | undefined {
  if (!Array.isArray(output)) return undefined;
  if (step.forEach === undefined) return output.length;
  const reads = changeOf(program, step) === undefined;
  return reads && output.every((one: Json) => Array.isArray(one)) ? output.flat().length : undefined;
}

function fail({state, lane, now}: Turn, step: Step, item: ItemProgress): readonly Happening[] {
  const fault = item.fault ?? {kind: 'transient', name: 'Unknown', message: 'no reason is known'};
  return failStep(state, lane, step, {fault, usage: item.usage ?? []}, now);
}

/** Nothing is left to do: either all is done, or something stands in the way. */
function ending(state: RunState): Happening {
  if (isThrough(state)) return {type: 'run-ended', status: 'done', message: 'every step is done'};
  if (state.account.fault !== undefined) return ended('failed', state.account.fault);
  const unknown = unknownRegions(state);
  const changes = [...state.lanes].filter((lane) => lane.fault !== undefined && !stoppedLooking(state, lane));
  const first = changes[0];
  if (first?.fault !== undefined) {
    const message = `${first.region}: ${first.fault.message}`;
    return {type: 'run-ended', status: 'failed', message};
  }
  return {
    type: 'run-ended',
    status: 'blocked',
    message: `${inTheWay(unknown)}: nothing account-wide was done`,
  };
}

/** What stands in the way of the account-wide steps: a change that Handrail refused to make, or blind spots. */
function inTheWay(unknown: readonly Lane[]): string {
  const refused = unknown.filter(({fault}) => fault?.kind === 'unsafe');
  const blind = unknown.filter(({fault}) => fault?.kind !== 'unsafe').map(({region}) => region);
  return [
    ...refused.map(({region, fault}) => `${region}: ${fault?.message ?? ''}`),
    ...(blind.length === 0 ? [] : [`could not look at ${blind.join(', ')}`]),
  ].join('; ');
}

function ended(status: 'failed', fault: Fault): Happening {
  return {type: 'run-ended', status, message: fault.message};
}
