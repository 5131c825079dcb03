import {closestName} from '../../../text/closest-name.ts';
import type {OperationModel, Shape} from '../../operation.ts';
import type {Path} from '../../load/source-positions.ts';
import type {Problem} from '../../load/problem.ts';
import type {Step} from '../../language/schema.ts';
import type {CheckContext} from '../context.ts';
import {inferShape} from '../shapes/infer-shape.ts';
import {isText, shapeInWords} from '../shapes/shapes.ts';
import {StepShapes} from '../shapes/step-shapes.ts';
import {sitesIn} from '../shapes/expression-sites.ts';

/** Requests with members that the operation does not have, that are of the wrong kind, or that are missing. */
export function membersRule(context: CheckContext): readonly Problem[] {
  return context.runbook.steps.flatMap((step, index) => {
    const base = ['steps', index];
    return [
      ...requestProblems(context, step.call, step.with, [...base, 'with'], [...base, 'call']),
      ...undoProblems(context, step, base),
      ...requestProblems(
        context,
        step.waitUntil?.call,
        step.waitUntil?.with,
        [...base, 'waitUntil', 'with'],
        [...base, 'waitUntil', 'call'],
      ),
      ...updateProblems(context, step, index),
    ];
  });
}

function undoProblems(context: CheckContext, {undo}: Step, base: Path): readonly Problem[] {
  if (undo === undefined || !('call' in undo)) return [];
  const at = [...base, 'undo'];
  return requestProblems(context, undo.call, undo.with, [...at, 'with'], [...at, 'call']);
}

function requestProblems(
  context: CheckContext,
  operation: string | undefined,
  given: Step['with'],
  path: Path,
  callPath: Path,
): readonly Problem[] {
  const model = context.operations.get(operation ?? '');
  if (model === undefined) return [];
  const known = [...model.input.members().keys()];
  // A mistyped member is one mistake, not two: what was meant is not missing as well.
  const names = new Set(Object.keys(given ?? {}).map((name) => closestName(name, known) ?? name));
  return [
    ...structureProblems(context, model.name, model.input, given ?? {}, path),
    ...missingFrom(model, names).map((name) =>
      context.places.atPath(given === undefined ? callPath : path, `${model.name} needs ${name}`),
    ),
  ];
}

/** Required members that are not among the names; an idempotency token is made by Handrail. */
function missingFrom(model: OperationModel, names: ReadonlySet<string>): readonly string[] {
  return [...model.input.members()]
    .filter(([name, {required}]) => required && name !== model.tokenMember && !names.has(name))
    .map(([name]) => name);
}

function structureProblems(
  {places}: CheckContext,
  owner: string,
  shape: Shape,
  given: object,
  path: Path,
): readonly Problem[] {
  const members = shape.members();
  return Object.entries(given).flatMap(([name, value]): readonly Problem[] => {
    const member = members.get(name);
    const at = [...path, name];
    if (member !== undefined) return valueProblems({places} as CheckContext, owner, member.shape, value, at);
    const known = [...members.keys()];
    const meant = closestName(name, known);
    const hint = meant === undefined && known.length > 0 ? `; it has ${known.join(', ')}` : '';
    return [places.atKey(at, `${owner} has no member ${name}${hint}`, meant)];
  });
}

function valueProblems(
  context: CheckContext,
  owner: string,
  shape: Shape,
  value: unknown,
  path: Path,
): readonly Problem[] {
  // What an expression gives is known only when it is evaluated.
  if (typeof value === 'string' && value.includes('${{')) return [];
  const name = String(path.at(-1));
  const wrong = (): readonly Problem[] => [
    context.places.atPath(path, `${name} of ${owner} is ${shapeInWords(shape)}, not ${kindInWords(value)}`),
  ];
  switch (shape.kind) {
    case 'structure':
      if (!isPlainObject(value)) return wrong();
      return structureProblems(context, `${owner}'s ${name}`, shape, value, path);
    case 'map': {
      if (!isPlainObject(value)) return wrong();
      const item = shape.item();
      if (item === undefined) return [];
      return Object.entries(value).flatMap(([key, one]) =>
        valueProblems(context, owner, item, one, [...path, key]),
      );
    }
    case 'list': {
      if (!Array.isArray(value)) return wrong();
      const item = shape.item();
      if (item === undefined) return [];
      return value.flatMap((one, at) => valueProblems(context, owner, item, one, [...path, at]));
    }
    case 'number':
    case 'boolean':
      return typeof value === shape.kind ? [] : wrong();
    default:
      if (!isText(shape)) return [];
      return typeof value === 'string' || shape.kind === 'timestamp' ? [] : wrong();
  }
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function kindInWords(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (value === null) return 'nothing';
  return typeof value === 'string' ? 'a text' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** An `update`: members of its read and its write, and whether the write will have all that it needs. */
function updateProblems(context: CheckContext, step: Step, index: number): readonly Problem[] {
  const {update} = step;
  if (update === undefined) return [];
  const {places, operations} = context;
  const base = ['steps', index, 'update'];
  const write = operations.get(update.write);
  const read = operations.get(update.read);
  const writable = write === undefined ? undefined : [...write.input.members().keys()];
  const forRead = Object.fromEntries(
    Object.entries(update.with).filter(([name]) => read?.input.members().has(name) ?? true),
  );
  const problems = [...requestProblems(context, update.read, forRead, [...base, 'with'], [...base, 'read'])];
  if (write === undefined || writable === undefined) return problems;
  for (const name of Object.keys(update.with)) {
    if (read === undefined || read.input.members().has(name) || writable.includes(name)) continue;
    const meant = closestName(name, read.input.members().keys());
    problems.push(places.atKey([...base, 'with', name], `${update.read} has no member ${name}`, meant));
  }
  problems.push(...structureProblems(context, update.write, write.input, update.set ?? {}, [...base, 'set']));
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
  const site = sitesIn(update, ['resource'], base, {
    root: 'read',
    hasItem: true,
    wanted: 'object',
    inUndo: false,
  })[0];
  const resource =
    site === undefined
      ? undefined
      : inferShape(site.source, new StepShapes(context).scopeAt(index, site), () => {});
  if (resource?.kind !== 'structure') return problems;
  const carried = update.partial === true ? [] : [...resource.members().keys()];
  const names = new Set([...carried, ...Object.keys(update.with), ...Object.keys(update.set ?? {})]);
  for (const name of missingFrom(write, names)) {
    problems.push(
      places.atPath([...base, 'write'], `${update.write} needs ${name}, which nothing here provides`),
    );
  }
  return problems;
}
