import {defined} from '../../data/defined.ts';
import {forItem, numberInRun, ofAnswer, sitesIn, type Site} from '../check/shapes/expression-sites.ts';
import type {BeforeRetry, Call, UndoWait} from '../language/actions/call.ts';
import type {WaitUntil} from '../language/actions/wait-until.ts';
import type {Path} from '../load/source-positions.ts';
import {union} from '../check/shapes/unions.ts';
import type {ActionTraits, WrittenRequest} from './traits.ts';
import {waitUntil as waitTraits} from './wait-until.ts';

export const call: ActionTraits<Call> = {
  requests({call: operation, with: members, beforeRetry, undo, effect}) {
    const named = {operation, named: ['call'], members, at: ['with'], ...defined({effect})};
    const own = [named, ...(beforeRetry === undefined ? [] : [readBefore(beforeRetry)])];
    if (undo === undefined || !('call' in undo)) return own;
    const back = {operation: undo.call, named: ['undo', 'call'], members: undo.with, at: ['undo', 'with']};
    const waits = undo.waitUntil === undefined ? [] : waitTraits.requests(asWait(undo.waitUntil));
    const after = waits.map(({named, at, ...request}) => ({
      ...request,
      named: ['undo', ...named],
      at: ['undo', ...at],
      undo: true as const,
      undoWait: {itemFrom: undo.call, answerFrom: request.operation},
    }));
    return [...own, {...back, undo: true}, ...after];
  },
  change: ({call: operation, with: members = {}, effect}) => ({
    operation,
    named: ['call'],
    members: Object.keys(members),
    ...defined({effect}),
  }),
  answeredBy: ({call: operation}) => operation,
  sites: (action, base) => [
    ...sitesIn(action, ['with'], base, {...forItem, agreed: 'value'}),
    ...sitesIn(action, ['output'], base, ofAnswer),
    ...sitesIn(action, ['timeoutSeconds'], base, numberInRun),
    ...beforeRetrySites(action, base),
    ...sitesIn(action, ['undo', 'with'], base, {...forItem, inUndo: true}),
    ...undoWaitSites(action, [...base, 'undo']),
  ],
  output: ({call: operation, output, beforeRetry}, shapes) =>
    union(
      output === undefined ? shapes.answer(operation) : shapes.given(output, 'answer'),
      ...(beforeRetry?.output === undefined
        ? []
        : [shapes.given(beforeRetry.output, 'answer', beforeRetry.call)]),
    ),
  nothingWhere: ({call: operation}, operations) =>
    operations.get(operation)?.deletes === true ? 'where it was gone already' : undefined,
  alongside: (changes) => !changes,
};

function readBefore({call: operation, with: members}: BeforeRetry): WrittenRequest {
  return {operation, named: ['beforeRetry', 'call'], members, at: ['beforeRetry', 'with'], must: 'read'};
}

/** The sites of the read before another try: its expressions reach its own answer. */
function beforeRetrySites({beforeRetry}: Call, base: Path): readonly Site[] {
  if (beforeRetry === undefined) return [];
  const own = [...base, 'beforeRetry'];
  const answer = {...ofAnswer, answerFrom: beforeRetry.call};
  return [
    ...sitesIn(beforeRetry, ['with'], own, forItem),
    ...sitesIn(beforeRetry, ['done'], own, {...answer, wanted: 'boolean'}),
    ...sitesIn(beforeRetry, ['output'], own, answer),
    ...sitesIn(beforeRetry, ['message'], own, {...answer, lenient: true}),
  ];
}

/** The sites of an undo's wait. Its delays are read while the undo is planned, all else from the undo's own answers. */
function undoWaitSites({undo}: Call, base: Path): readonly Site[] {
  if (undo === undefined || !('call' in undo) || undo.waitUntil === undefined) return [];
  const wait = undo.waitUntil;
  return waitTraits
    .sites(asWait(wait), base)
    .map((site) =>
      site.wanted === 'number'
        ? {...site, inUndo: true}
        : {...site, undoWait: {itemFrom: undo.call, answerFrom: wait.call}},
    );
}

function asWait(wait: UndoWait): WaitUntil {
  return {kind: 'waitUntil', ...defined(wait)};
}
