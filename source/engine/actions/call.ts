import {defined} from '../../data/defined.ts';
import type {Scope} from '../../runbook/expression/evaluate.ts';
import {evaluateMembers, evaluateMessage, evaluateText} from '../../runbook/expression/template.ts';
import type {Call} from '../../runbook/language/actions/call.ts';
import {placeOf} from '../model/place.ts';
import {answerScope} from '../scope/expression-scope.ts';
import {callSucceeded, type Settled} from '../outcome/response-events.ts';
import type {Happening, Item} from '../model/events.ts';
import {isPassing} from '../model/fault.ts';
import type {ItemProgress} from '../model/state.ts';
import type {Answered, Handler} from './action.ts';
import {timeLimit} from './time-limit.ts';
import {itemMembers} from './item-members.ts';

/** Makes one call for an item and keeps the step's `output` of the response. */
export const call: Handler<Call> = {
  does: (changes) => (changes ? 'change' : 'look'),
  work: {
    ...timeLimit,
    calls: {
      firstPhase: 'call',
      operation: ({call: operation, beforeRetry}, phase) =>
        phase === 'recheck' ? (beforeRetry?.call ?? operation) : operation,
      nextPhase: ({beforeRetry}, item) =>
        beforeRetry !== undefined && wasRefused(item) ? 'recheck' : 'call',
      members: ({with: members = {}, beforeRetry}, phase) =>
        phase === 'recheck' ? (beforeRetry?.with ?? {}) : members,
      describeChange,
      answered(made, settled, outcome) {
        if (settled.action.intent.phase === 'recheck') return rechecked(made, settled, outcome);
        const {output: kept} = made;
        const {state, lane, step, item, action, kept: picked} = settled;
        const answer = answerScope(state, lane, item.value, outcome.output);
        const output = picked ?? (kept === undefined ? outcome.output : evaluateText(kept, answer, 'strict'));
        return [
          callSucceeded(action, outcome),
          {type: 'item-done', output, item: item.key, ...placeOf(lane, step.id)},
        ];
      },
    },
  },
  undo({undo}) {
    if (undo === undefined) return {impossible: 'the runbook knows no way back'};
    if (!('call' in undo)) return undo;
    const {call: operation, with: members = {}, waitUntil: wait} = undo;
    return {
      members,
      ...defined({wait}),
      step: (names) => ({
        call: operation,
        with: itemMembers(names, 'with'),
        catch: [
          {
            errorEquals: ['AlreadyExists'],
            next: 'continue',
            message: 'it is there already',
          },
        ],
      }),
    };
  },
};

/** Returns true where AWS has refused the last try. One that was never answered may have happened. */
function wasRefused({phase, attempt, fault, unsettled}: ItemProgress): boolean {
  return phase === 'call' && attempt > 0 && fault !== undefined && !isPassing(fault) && unsettled !== true;
}

/** The events of a read before another try: the item is done without the call, or the call is tried again. */
function rechecked({beforeRetry}: Call, settled: Settled, outcome: Answered): readonly Happening[] {
  const {state, lane, step, item} = settled;
  const answer = answerScope(state, lane, item.value, outcome.output);
  const ended = callSucceeded(settled.action, outcome);
  if (beforeRetry === undefined || evaluateText(beforeRetry.done, answer, 'strict') !== true) return [ended];
  const {output, message} = beforeRetry;
  return [
    ended,
    {
      type: 'item-done',
      output: output === undefined ? null : evaluateText(output, answer, 'strict'),
      note: message === undefined ? 'nothing was left to do' : evaluateMessage(message, answer),
      notMade: true,
      item: item.key,
      ...placeOf(lane, step.id),
    },
  ];
}

/** Most of a request that is shown with its target, in characters. */
const mostShown = 1000;

/** A request's members but for the one that the item is known by. */
function describeChange({with: members = {}}: Call, item: Item, scope: Scope): string | undefined {
  const shown = Object.entries(evaluateMembers(members, scope))
    .filter(([, value]) => value !== item.key)
    .map(([member, value]) => `${member} ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const text = shown.join(', ');
  if (text === '') return undefined;
  return text.length > mostShown ? `${text.slice(0, mostShown)}…` : text;
}
