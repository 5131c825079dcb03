import type {Scope} from '../../runbook/expression/evaluate.ts';
import {longestPauseMs, type Pause} from '../../runbook/language/actions/pause.ts';
import {ExpressionError} from '../../runbook/expression/parse.ts';
import {nothing} from '../model/decision.ts';
import {placeOf} from '../model/place.ts';
import {scopeOf} from '../scope/expression-scope.ts';
import {durationIn, timeIn} from '../scope/times.ts';
import type {Handler} from './action.ts';

/** Goes on at its deadline, which is in the journal. A run that changes nothing does not wait for it. */
export const pause: Handler<Pause> = {
  does: () => 'pause',
  start(action, {state, lane, step, now}) {
    if (state.started?.mode !== 'plan') return undefined;
    endOf(action, now, scopeOf(state, lane));
    const summary = 'not made, as nothing is changed';
    return {
      ...nothing,
      records: [{type: 'step-succeeded', output: true, summary, ...placeOf(lane, step.id)}],
    };
  },
  work: {deadline: endOf, atDeadline: () => ({output: true})},
};

/** The end of a pause that begins now (ms since the epoch). Throws ExpressionError. */
function endOf(action: Pause, now: number, scope: Scope): number {
  const end = 'until' in action ? timeIn(action.until, scope) : now + durationIn(action.for, scope);
  if (end - now <= longestPauseMs) return end;
  throw new ExpressionError(`a pause lasts 366 days at most, and this one would end ${shown(end)}`);
}

function shown(end: number): string {
  const date = new Date(end);
  return Number.isNaN(date.getTime()) ? 'never' : `at ${date.toISOString()}`;
}
