import {byId} from '../../data/by-id.ts';
import {defined} from '../../data/defined.ts';
import {evaluateMessage, evaluateText} from '../../runbook/expression/template.ts';
import type {Catcher, Step} from '../../runbook/language/step.ts';
import type {Happening} from '../model/events.ts';
import type {Usage} from '../model/usage.ts';
import {faultMatches, type Fault} from '../model/fault.ts';
import {placeOf} from '../model/place.ts';
import {scopeOf} from '../scope/expression-scope.ts';
import {secondsOf} from '../scope/seconds.ts';
import type {Lane, RunState} from '../model/state.ts';
import {findingsOf} from './findings.ts';
import {isUnlooked} from './response-events.ts';

/**
 * Decides the fate of a failed step: its `catch` ends the run, takes the step as done or jumps, or the step stops its
 * lane. `now` is in ms since the epoch. Throws ExpressionError.
 */
export function failStep(
  state: RunState,
  lane: Lane,
  step: Step,
  cause: {readonly fault: Fault; readonly usage: readonly Usage[]},
  now: number,
): readonly Happening[] {
  const place = placeOf(lane, step.id);
  const {fault, usage} = cause;
  const catcher = step.catch?.find(({errorEquals}) => faultMatches(fault, errorEquals));
  if (catcher === undefined) return [{type: 'step-failed', fault, ...place}];
  const message = messageOf(state, lane, catcher) ?? fault.message;
  // One Region cannot end the run for all: `check` refuses it, and an older file's run must not say "done" for it.
  if (catcher.next === 'end' && lane.region !== undefined) return [{type: 'step-failed', fault, ...place}];
  if (catcher.next === 'end') {
    return [
      {type: 'step-skipped', why: message, ...place},
      {type: 'run-ended', status: 'done', message},
    ];
  }
  if (catcher.next === 'continue' && catcher.output !== undefined) {
    const output = evaluateText(catcher.output, scopeOf(state, lane), 'strict');
    const changes = byId(state.steps, step.id)?.does === 'change';
    const {number: inUse, found} = findingsOf(state, lane, step, changes, output);
    const seen = step.column === undefined ? {} : defined({inUse});
    return [{type: 'step-succeeded', output, summary: message, ...seen, ...defined({found}), ...place}];
  }
  if (catcher.next === 'continue') {
    const unlooked = isUnlooked(state, lane, step, catcher) ? {unlooked: fault} : {};
    return [{type: 'step-skipped', why: message, ...unlooked, ...place}];
  }
  const visits = state.visits[lane.region === undefined ? step.id : `${step.id} ${lane.region}`] ?? 0;
  const maxVisits = catcher.maxVisits ?? 1;
  if (visits >= maxVisits) {
    const times = maxVisits === 1 ? 'once' : `${maxVisits} times`;
    const tooOften = `${fault.message} (went back ${times} already)`;
    return [{type: 'step-failed', fault: {...fault, message: tooOften}, ...place}];
  }
  const wait = catcher.waitSeconds === undefined ? 0 : secondsOf(catcher.waitSeconds, scopeOf(state, lane));
  return [
    {
      type: 'went-back',
      to: catcher.next,
      visit: visits + 1,
      maxVisits,
      resumeAt: now + wait * 1000,
      ...(catcher.waitBefore === undefined ? {} : {before: catcher.waitBefore}),
      fault,
      usage,
      ...place,
    },
  ];
}

function messageOf(state: RunState, lane: Lane, catcher: Catcher): string | undefined {
  if (catcher.message === undefined) return undefined;
  return evaluateMessage(catcher.message, scopeOf(state, lane));
}
