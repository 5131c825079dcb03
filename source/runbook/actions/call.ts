import {forItem, numberInRun, ofAnswer, sitesIn} from '../check/shapes/expression-sites.ts';
import type {Call} from '../language/actions/call.ts';
import type {ActionTraits} from './traits.ts';

export const call: ActionTraits<Call> = {
  requests({call: operation, with: members, undo}) {
    const own = {operation, named: ['call'], members, at: ['with']};
    if (undo === undefined || !('call' in undo)) return [own];
    const back = {operation: undo.call, named: ['undo', 'call'], members: undo.with, at: ['undo', 'with']};
    return [own, {...back, undo: true}];
  },
  change: ({call: operation, with: members = {}}) => ({
    operation,
    named: ['call'],
    members: Object.keys(members),
  }),
  answeredBy: ({call: operation}) => operation,
  sites: (action, base) => [
    ...sitesIn(action, ['with'], base, forItem),
    ...sitesIn(action, ['output'], base, ofAnswer),
    ...sitesIn(action, ['timeoutSeconds'], base, numberInRun),
    ...sitesIn(action, ['undo', 'with'], base, {...forItem, inUndo: true}),
  ],
  output: ({call: operation, output}, shapes) =>
    output === undefined ? shapes.answer(operation) : shapes.given(output, 'answer'),
  nothingWhere: ({call: operation}, operations) =>
    operations.get(operation)?.deletes === true ? 'where it was gone already' : undefined,
  alongside: (changes) => !changes,
};
