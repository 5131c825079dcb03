import {closestName} from '../../text/closest-name.ts';
import type {CheckContext} from '../check/context.ts';
import {requestProblems, structureProblems} from '../check/request-problems.ts';
import {comparable} from '../check/shapes/shape-misfit.ts';
import type {Update} from '../language/actions/update.ts';
import type {Path} from '../load/source-positions.ts';
import type {Problem} from '../load/problem.ts';
import {missingFrom, type OperationModel, type Shape} from '../operation.ts';
import type {ActionShapes, WrittenRequest} from './traits.ts';

interface Where {
  readonly context: CheckContext;
  /** The step's path. */
  readonly step: Path;
  readonly shapes: ActionShapes;
}

/** Returns the problems of an update: members of its read and its write, what is compared, and what the write lacks. */
export function updateProblems(update: Update, read: WrittenRequest, where: Where): readonly Problem[] {
  const {context, step, shapes} = where;
  const write = context.operations.get(update.write);
  const problems = readProblems(update, read, where);
  if (write === undefined) return problems;
  const base = [...step, 'update'];
  const given = {context, owner: update.write, infer: (text: string) => shapes.inRequest(text, {})};
  const resource = shapes.given(update.resource, 'read');
  return [
    ...problems,
    ...(['set', 'writeWith'] as const).flatMap((part) =>
      structureProblems(given, write.input, update[part] ?? {}, [...base, part]),
    ),
    ...contradictions(update, context, base),
    ...removeProblems(update, write, context, base),
    ...(resource.kind === 'structure'
      ? resourceProblems(update, write, resource, {...where, step: base})
      : []),
  ];
}

/** The read's own problems, and members that neither the read nor the write takes. */
function readProblems(
  update: Update,
  written: WrittenRequest,
  {context, step, shapes}: Where,
): readonly Problem[] {
  const {places, operations} = context;
  const read = operations.get(update.read)?.input.members();
  const write = operations.get(update.write)?.input.members();
  const forRead = Object.fromEntries(Object.entries(update.with).filter(([name]) => read?.has(name) ?? true));
  const neither = Object.keys(update.with).filter(
    (name) => read !== undefined && write !== undefined && !read.has(name) && !write.has(name),
  );
  return [
    ...requestProblems(context, {...written, members: forRead}, step, shapes),
    ...neither.map((name) => {
      const meant = closestName(name, read?.keys() ?? []);
      return places.atKey([...step, 'update', 'with', name], `${update.read} has no member ${name}`, meant);
    }),
  ];
}

/** Members that contradict each other. */
function contradictions(
  {set = {}, writeWith = {}, partial, remove}: Update,
  {places}: CheckContext,
  base: Path,
): readonly Problem[] {
  const twice = Object.keys(writeWith)
    .filter((name) => Object.hasOwn(set, name))
    .map((name) => places.atKey([...base, 'writeWith', name], `${name} is set already`));
  if (partial !== true || remove === undefined) return twice;
  const message = 'a `partial` write leaves alone what it is not given: it removes nothing';
  return [...twice, places.atKey([...base, 'remove'], message)];
}

function removeProblems(
  {remove = []}: Update,
  write: OperationModel,
  {places}: CheckContext,
  base: Path,
): readonly Problem[] {
  const members = write.input.members();
  return remove.flatMap((name, at): readonly Problem[] => {
    const path = [...base, 'remove', at];
    const member = members.get(name);
    if (member === undefined)
      return [places.atPath(path, `${write.name} has no member ${name}`, closestName(name, members.keys()))];
    return member.required
      ? [places.atPath(path, `${write.name} needs ${name}, so it cannot be removed`)]
      : [];
  });
}

/** Members that are set and cannot be compared with the resource, and those that the write needs and nothing gives. */
function resourceProblems(
  update: Update,
  write: OperationModel,
  resource: Shape,
  {context, step: base}: Where,
): readonly Problem[] {
  const {with: identity, set = {}, writeWith = {}} = update;
  const carried = update.partial === true ? [] : [...resource.members().keys()];
  const names = new Set([...carried, ...[identity, set, writeWith].flatMap(Object.keys)]);
  return [
    ...Object.keys(set).flatMap((name) => {
      const how = whyIncomparable(name, write, resource);
      if (how === undefined) return [];
      const inside = update.resource.slice(3, -2).trim();
      const remedy = `give it that name in \`resource\`, as in \${{ ${inside}.{${name}: …} }}, or send it by \`writeWith\``;
      return [context.places.atKey([...base, 'set', name], `${how}; ${remedy}`)];
    }),
    ...missingFrom(write, names).map((name) =>
      context.places.atPath([...base, 'write'], `${write.name} needs ${name}, which nothing here provides`),
    ),
  ];
}

/** Why a member that is set would always differ from what is read. */
function whyIncomparable(name: string, write: OperationModel, resource: Shape): string | undefined {
  const wanted = write.input.members().get(name)?.shape;
  const found = resource.members().get(name)?.shape;
  if (wanted === undefined) return undefined;
  return found === undefined ? `the resource has no ${name} to compare it with` : comparable(found, wanted);
}
