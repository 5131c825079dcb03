import {defined} from '../../data/defined.ts';
import {closestName} from '../../text/closest-name.ts';
import type {CheckContext} from '../check/context.ts';
import {requestProblems, structureProblems} from '../check/request-problems.ts';
import {forItem, numberInRun, ofAnswer, sitesIn} from '../check/shapes/expression-sites.ts';
import type {Update} from '../language/actions/update.ts';
import type {Path} from '../load/source-positions.ts';
import type {Problem} from '../load/problem.ts';
import {missingFrom} from '../operation.ts';
import type {ActionShapes, ActionTraits, WrittenRequest} from './traits.ts';

export const update: ActionTraits<Update> = {
  requests: (action) => [readOf(action), writeOf(action)],
  change: ({write, with: given, set, partial}) => ({
    operation: write,
    named: ['update', 'write'],
    members: partial === true ? Object.keys({...set, ...given}) : undefined,
  }),
  answeredBy: ({read}) => read,
  sites(action, base) {
    const own = [...base, 'update'];
    return [
      ...sitesIn(action, ['timeoutSeconds'], base, numberInRun),
      ...sitesIn(action, ['with'], own, {...forItem, agreed: 'value'}),
      ...sitesIn(action, ['resource'], own, {...ofAnswer, root: 'read', wanted: 'object'}),
      ...sitesIn(action, ['set'], own, {...forItem, agreed: 'value'}),
      ...sitesIn(action, ['expect'], own, {...forItem, wanted: 'object', agreed: 'value'}),
    ];
  },
  output: ({resource}, shapes) => shapes.given(resource, 'read'),
  alongside: () => false,
  requestProblems: updateProblems,
};

function readOf({read, with: members, effect}: Update): WrittenRequest {
  const named = ['update', 'read'];
  return {operation: read, named, members, at: ['update', 'with'], must: 'read', ...defined({effect})};
}

function writeOf({write, set}: Update): WrittenRequest {
  return {operation: write, named: ['update', 'write'], members: set, at: ['update', 'set'], must: 'change'};
}

/** Members of its read and its write, and whether the write will have all that it needs. */
function updateProblems(
  update: Update,
  context: CheckContext,
  step: Path,
  shapes: ActionShapes,
): readonly Problem[] {
  const {places, operations} = context;
  const base = [...step, 'update'];
  const write = operations.get(update.write);
  const read = operations.get(update.read);
  const writable = write === undefined ? undefined : [...write.input.members().keys()];
  const forRead = Object.fromEntries(
    Object.entries(update.with).filter(([name]) => read?.input.members().has(name) ?? true),
  );
  const problems = [...requestProblems(context, {...readOf(update), members: forRead}, step, shapes)];
  if (write === undefined || writable === undefined) return problems;
  for (const name of Object.keys(update.with)) {
    if (read === undefined || read.input.members().has(name) || writable.includes(name)) continue;
    const meant = closestName(name, read.input.members().keys());
    problems.push(places.atKey([...base, 'with', name], `${update.read} has no member ${name}`, meant));
  }
  const set = {context, owner: update.write, infer: (text: string) => shapes.inRequest(text, {})};
  problems.push(...structureProblems(set, write.input, update.set ?? {}, [...base, 'set']));
  for (const [at, name] of (update.remove ?? []).entries()) {
    const path = [...base, 'remove', at];
    const member = write.input.members().get(name);
    if (member === undefined) {
      problems.push(
        places.atPath(path, `${update.write} has no member ${name}`, closestName(name, writable)),
      );
    } else if (member.required) {
      problems.push(places.atPath(path, `${update.write} needs ${name}, so it cannot be removed`));
    }
  }
  const resource = shapes.given(update.resource, 'read');
  if (resource.kind !== 'structure') return problems;
  const carried = update.partial === true ? [] : [...resource.members().keys()];
  const names = new Set([...carried, ...Object.keys(update.with), ...Object.keys(update.set ?? {})]);
  for (const name of missingFrom(write, names)) {
    problems.push(
      places.atPath([...base, 'write'], `${update.write} needs ${name}, which nothing here provides`),
    );
  }
  return problems;
}
