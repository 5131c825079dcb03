import {isObject} from '../../data/json.ts';
import {closestName} from '../../text/closest-name.ts';
import type {WrittenRequest} from '../actions/traits.ts';
import type {Path} from '../load/source-positions.ts';
import type {Problem} from '../load/problem.ts';
import type {OperationModel, Shape} from '../operation.ts';
import type {CheckContext} from './context.ts';
import {isText, shapeInWords} from './shapes/shapes.ts';

/** Members that a request's operation does not have, that are of the wrong kind, or that are missing. */
export function requestProblems(
  context: CheckContext,
  {operation, named, members: given, at}: WrittenRequest,
  base: Path,
): readonly Problem[] {
  const model = context.operations.get(operation);
  if (model === undefined) return [];
  const known = [...model.input.members().keys()];
  // A mistyped member is one mistake, not two: the intended member is not missing as well.
  const names = new Set(Object.keys(given ?? {}).map((name) => closestName(name, known) ?? name));
  return [
    ...structureProblems(context, model.name, model.input, given ?? {}, [...base, ...at]),
    ...missingFrom(model, names).map((name) =>
      context.places.atPath([...base, ...(given === undefined ? named : at)], `${model.name} needs ${name}`),
    ),
  ];
}

/** Required members that are not among the names; an idempotency token is made by Handrail. */
export function missingFrom(model: OperationModel, names: ReadonlySet<string>): readonly string[] {
  return [...model.input.members()]
    .filter(([name, {required}]) => required && name !== model.tokenMember && !names.has(name))
    .map(([name]) => name);
}

/** Returns the problems of literal members of a structure. `owner` names the structure. */
export function structureProblems(
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
  // The value of an expression is known only at run time.
  if (typeof value === 'string' && value.includes('${{')) return [];
  const name = String(path.at(-1));
  const wrong = (): readonly Problem[] => [
    context.places.atPath(path, `${name} of ${owner} is ${shapeInWords(shape)}, not ${kindInWords(value)}`),
  ];
  switch (shape.kind) {
    case 'structure':
      if (!isObject(value)) return wrong();
      return structureProblems(context, `${owner}'s ${name}`, shape, value, path);
    case 'map': {
      if (!isObject(value)) return wrong();
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

function kindInWords(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (value === null) return 'nothing';
  return typeof value === 'string' ? 'a text' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
