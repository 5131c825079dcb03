import {ExpressionError} from '../../runbook/expression/parse.ts';
import {evaluateMessage, evaluateText} from '../../runbook/expression/template.ts';
import type {Assert} from '../../runbook/language/actions/assert.ts';
import {scopeOf} from '../scope/expression-scope.ts';
import {failStep} from '../outcome/on-failure.ts';
import {nothing} from '../model/decision.ts';
import type {Fault} from '../model/fault.ts';
import {placeOf} from '../model/place.ts';
import type {Handler} from './action.ts';

/** Passes or fails as soon as a lane reaches it. */
export const assert: Handler<Assert> = {
  does: () => 'assert',
  start({that, message}, {state, lane, step, now}) {
    const scope = scopeOf(state, lane);
    const holds = evaluateText(that, scope, 'strict');
    if (typeof holds !== 'boolean') throw new ExpressionError('`assert` must give true or false');
    if (holds) {
      return {...nothing, records: [{type: 'step-succeeded', output: true, ...placeOf(lane, step.id)}]};
    }
    const fault: Fault = {
      kind: 'assertion',
      name: 'AssertionFailed',
      message: evaluateMessage(message, scope),
    };
    return {...nothing, records: failStep(state, lane, step, {fault, usage: []}, now)};
  },
};
