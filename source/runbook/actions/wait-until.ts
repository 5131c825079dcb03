import {defined} from '../../data/defined.ts';
import {forItem, numberInRun, ofAnswer, sitesIn, type Site} from '../check/shapes/expression-sites.ts';
import type {WaitUntil} from '../language/actions/wait-until.ts';
import type {Path} from '../load/source-positions.ts';
import type {ActionTraits} from './traits.ts';

export const waitUntil: ActionTraits<WaitUntil> = {
  requests: ({call: operation, with: members, effect}) => [
    {
      operation,
      named: ['waitUntil', 'call'],
      members,
      at: ['waitUntil', 'with'],
      must: 'read',
      ...defined({effect}),
    },
  ],
  answeredBy: ({call: operation}) => operation,
  sites(action, base) {
    const own = [...base, 'waitUntil'];
    return [
      ...sitesIn(action, ['output'], base, ofAnswer),
      ...sitesIn(action, ['with'], own, forItem),
      ...sitesIn(action, ['minDelay'], own, {...numberInRun, hasItem: true}),
      ...sitesIn(action, ['maxDelay'], own, {...numberInRun, hasItem: true}),
      ...sitesIn(action, ['maxWaitTime'], own, numberInRun),
      ...sitesIn(action, ['failure'], own, {...ofAnswer, lenient: true}),
      ...matcherSites(action.acceptors, own),
    ];
  },
  output: ({call: operation, output}, shapes) =>
    output === undefined ? shapes.answer(operation) : shapes.given(output, 'answer'),
  nothingWhere: ({acceptors}) =>
    acceptors.some(({state, matcher}) => state === 'success' && endsInError(matcher))
      ? 'where the wait ended in the error that it waited for'
      : undefined,
  alongside: () => true,
};

function endsInError(matcher: WaitUntil['acceptors'][number]['matcher']): boolean {
  return 'errorType' in matcher || ('success' in matcher && !matcher.success);
}

/** The paths of acceptors. A path is JMESPath without `${{ }}`, as in a Smithy waiter. */
export function matcherSites(
  acceptors: WaitUntil['acceptors'],
  base: Path,
  root: 'answer' | 'read' = 'answer',
): readonly Site[] {
  return acceptors.flatMap(({matcher}, index): readonly Site[] => {
    if (!('output' in matcher)) return [];
    const {path: source, comparator} = matcher.output;
    const wanted = comparator === 'booleanEquals' ? 'boolean' : 'anything';
    const path = [...base, 'acceptors', index, 'matcher', 'output', 'path'];
    return [
      {...ofAnswer, root, wanted: comparator.startsWith('a') ? 'list' : wanted, path, source, offset: 0},
    ];
  });
}
