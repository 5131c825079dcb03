import {defined} from '../../data/defined.ts';
import type {Scope} from '../../runbook/expression/evaluate.ts';
import {evaluateMembers, evaluateText} from '../../runbook/expression/template.ts';
import type {Call} from '../../runbook/language/actions/call.ts';
import {placeOf} from '../model/place.ts';
import {answerScope} from '../scope/expression-scope.ts';
import {callSucceeded} from '../outcome/response-events.ts';
import type {Item} from '../model/events.ts';
import type {Handler} from './action.ts';
import {timeLimit} from './time-limit.ts';
import {itemMembers} from './item-members.ts';

/** Makes one call for an item and keeps the step's `output` of the response. */
export const call: Handler<Call> = {
  does: (changes) => (changes ? 'change' : 'look'),
  work: {
    ...timeLimit,
    calls: {
      firstPhase: 'call',
      operation: ({call: operation}) => operation,
      members: ({with: members = {}}) => members,
      describeChange,
      answered({output: kept}, {state, lane, step, item, action, kept: picked}, outcome) {
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
