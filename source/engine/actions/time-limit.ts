import type {Seconds} from '../../runbook/language/vocabulary.ts';
import type {Scope} from '../../runbook/expression/evaluate.ts';
import type {Step} from '../../runbook/language/step.ts';
import type {Fault} from '../model/fault.ts';
import type {ItemProgress} from '../model/state.ts';
import {secondsOf} from '../scope/seconds.ts';

/** The deadline of a step's `timeoutSeconds`, and the fate of an item that reaches it. */
export const timeLimit = {
  deadline: ({timeoutSeconds}: {readonly timeoutSeconds?: Seconds}, now: number, scope: Scope) =>
    timeoutSeconds === undefined ? undefined : now + secondsOf(timeoutSeconds, scope) * 1000,
  atDeadline: (_: object, step: Step, item: ItemProgress) => ({fault: timedOut(step, item)}),
};

function timedOut(step: Step, item: ItemProgress): Fault {
  const last = item.fault === undefined ? '' : `; the last try said: ${item.fault.message}`;
  return {
    kind: 'timeout',
    name: 'StepTimedOut',
    message: `${step.title}: not done within its time${last}`,
    remedy: 'look at what holds it up, then run it again',
  };
}
