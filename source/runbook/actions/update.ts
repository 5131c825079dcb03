import {defined} from '../../data/defined.ts';
import {forItem, numberInRun, ofAnswer, sitesIn, type Site} from '../check/shapes/expression-sites.ts';
import type {Update} from '../language/actions/update.ts';
import type {Path} from '../load/source-positions.ts';
import type {ActionTraits, WrittenRequest} from './traits.ts';
import {updateProblems} from './update-problems.ts';
import {matcherSites} from './wait-until.ts';

export const update: ActionTraits<Update> = {
  requests: (action) => [readOf(action), writeOf(action), ...ownOf(action)],
  change: ({write, with: given, writeWith, set, partial}) => ({
    operation: write,
    named: ['update', 'write'],
    members: partial === true ? Object.keys({...set, ...writeWith, ...given}) : undefined,
  }),
  answeredBy: ({read}) => read,
  sites(action, base) {
    const own = [...base, 'update'];
    return [
      ...sitesIn(action, ['timeoutSeconds'], base, numberInRun),
      ...sitesIn(action, ['with'], own, {...forItem, agreed: 'value'}),
      ...sitesIn(action, ['resource'], own, {...ofAnswer, root: 'read', wanted: 'object'}),
      ...sitesIn(action, ['writeWith'], own, {...forItem, agreed: 'value'}),
      ...sitesIn(action, ['set'], own, {...forItem, agreed: 'value'}),
      ...settlingSites(action, own),
      ...sitesIn(action, ['expect'], own, {...forItem, wanted: 'object', agreed: 'value'}),
    ];
  },
  output: ({resource}, shapes) => shapes.given(resource, 'read'),
  alongside: () => false,
  requestProblems: (action, context, base, shapes) =>
    updateProblems(action, readOf(action), {context, step: base, shapes}),
};

function readOf({read, with: members, effect}: Update): WrittenRequest {
  const named = ['update', 'read'];
  return {operation: read, named, members, at: ['update', 'with'], must: 'read', ...defined({effect})};
}

function writeOf({write, set}: Update): WrittenRequest {
  return {operation: write, named: ['update', 'write'], members: set, at: ['update', 'set'], must: 'change'};
}

/** The part of the write that is not the resource's. */
function ownOf({write, writeWith}: Update): readonly WrittenRequest[] {
  if (writeWith === undefined) return [];
  const [named, at] = [
    ['update', 'write'],
    ['update', 'writeWith'],
  ];
  return [{operation: write, named, members: writeWith, at, must: 'change'}];
}

/** Sites of the wait, which reads with the update's read. */
function settlingSites({waitUntil}: Update, own: Path): readonly Site[] {
  if (waitUntil === undefined) return [];
  const base = [...own, 'waitUntil'];
  return [
    ...sitesIn(waitUntil, ['minDelay'], base, {...numberInRun, hasItem: true}),
    ...sitesIn(waitUntil, ['maxDelay'], base, {...numberInRun, hasItem: true}),
    ...sitesIn(waitUntil, ['maxWaitTime'], base, {...numberInRun, hasItem: true}),
    ...sitesIn(waitUntil, ['failure'], base, {...ofAnswer, root: 'read', lenient: true}),
    ...matcherSites(waitUntil.acceptors ?? [], base, 'read'),
  ];
}
