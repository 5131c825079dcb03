import {isObject} from '../../data/json.ts';
import {closestName} from '../../text/closest-name.ts';
import type {ActionShapes, WrittenRequest} from '../actions/traits.ts';
import {saysAbsence} from '../expression/absence.ts';
import {ExpressionError} from '../expression/parse.ts';
import {partsOf, type Part} from '../expression/template.ts';
import type {Path} from '../load/source-positions.ts';
import type {Problem} from '../load/problem.ts';
import {missingFrom, type Member, type Shape} from '../operation.ts';
import {leafMisfit, valueInWords, wantedInWords} from '../request-value.ts';
import type {CheckContext} from './context.ts';
import {shapeMisfit, standsInText} from './shapes/shape-misfit.ts';
import {falseAlone} from './shapes/shapes.ts';
import {nothingIn, optionsOf, shapeInWords} from './shapes/unions.ts';

/** Members that a request's operation does not have, that are of the wrong kind, or that are missing. */
export function requestProblems(
  context: CheckContext,
  written: WrittenRequest,
  base: Path,
  shapes: ActionShapes,
): readonly Problem[] {
  const {operation, named, members: given, at} = written;
  const model = context.operations.get(operation);
  if (model === undefined) return [];
  const known = [...model.input.members().keys()];
  // A mistyped member is one mistake, not two: the intended member is not missing as well.
  const names = new Set(Object.keys(given ?? {}).map((name) => closestName(name, known) ?? name));
  const request = {
    context,
    owner: model.name,
    infer: (text: string) => shapes.inRequest(text, written),
  };
  return [
    ...structureProblems(request, model.input, given ?? {}, [...base, ...at]),
    ...missingFrom(model, names).map((name) =>
      context.places.atPath([...base, ...(given === undefined ? named : at)], `${model.name} needs ${name}`),
    ),
  ];
}

/** A request whose members are looked at. */
export interface CheckedRequest {
  readonly context: Pick<CheckContext, 'places'>;
  /** Names the structure that the members are of. */
  readonly owner: string;
  /** The shape that an expression gives. */
  readonly infer: (expression: string) => Shape;
  /** Only some of the members are given, and none is missing. */
  readonly partial?: true;
  /** It is an answer: an empty list in it is an empty list. */
  readonly isAnswer?: true;
}

/** Returns the problems of members of a structure. */
export function structureProblems(
  request: CheckedRequest,
  shape: Shape,
  given: object,
  path: Path,
): readonly Problem[] {
  const {context, owner} = request;
  const members = shape.members();
  return Object.entries(given).flatMap(([name, value]): readonly Problem[] => {
    const member = members.get(name);
    const at = [...path, name];
    if (member !== undefined) return valueProblems(request, member, value, at);
    const known = [...members.keys()];
    const meant = closestName(name, known);
    const hint = meant === undefined && known.length > 0 ? `; it has ${known.join(', ')}` : '';
    return [context.places.atKey(at, `${owner} has no member ${name}${hint}`, meant)];
  });
}

/** A place in a request: what it takes, and whether that may be left out. */
type Wanted = Pick<Member, 'shape' | 'required'>;

function valueProblems(
  request: CheckedRequest,
  wanted: Wanted,
  value: unknown,
  path: Path,
): readonly Problem[] {
  if (typeof value === 'string' && value.includes('${{')) return textProblems(request, wanted, value, path);
  const {context, owner} = request;
  const {shape} = wanted;
  const name = String(path.at(-1));
  const wrong = (how: string): readonly Problem[] => [
    context.places.atPath(path, `${name} of ${owner} ${how}`),
  ];
  const item = shape.item();
  switch (shape.kind) {
    case 'structure':
      if (!isObject(value)) return wrong(otherKind(shape, value));
      return [
        ...structureProblems({...request, owner: `${owner}'s ${name}`}, shape, value, path),
        ...[...shape.members()]
          .filter(([one, {required}]) => required && request.partial !== true && !Object.hasOwn(value, one))
          .flatMap(([one]) => wrong(`needs ${one}`)),
      ];
    case 'map':
      if (!isObject(value)) return wrong(otherKind(shape, value));
      if (item === undefined) return [];
      return Object.entries(value).flatMap(([key, one]) =>
        valueProblems(request, {shape: item, required: false}, one, [...path, key]),
      );
    case 'list':
      if (!Array.isArray(value)) return wrong(otherKind(shape, value));
      if (value.length === 0 && owner.startsWith('ec2:') && request.isAnswer !== true) {
        return wrong(
          'is an empty list, which EC2 takes for none at all: leave it out where everything is meant',
        );
      }
      if (item === undefined) return [];
      return value.flatMap((one, at) =>
        valueProblems(request, {shape: item, required: true}, one, [...path, at]),
      );
    default: {
      const how = leafMisfit(value, shape);
      if (how === undefined) return [];
      return wrong(shape.kind === 'string' && typeof value === 'number' ? `${how}: write it in quotes` : how);
    }
  }
}

function otherKind(shape: Shape, value: unknown): string {
  return `is ${wantedInWords(shape)}, not ${valueInWords(value)}`;
}

/** Problems of a text with expressions: what they give is not what the request takes there. */
function textProblems(request: CheckedRequest, wanted: Wanted, text: string, path: Path): readonly Problem[] {
  const parts = cut(text);
  return parts.flatMap((part) => {
    if ('text' in part) return [];
    const how =
      parts.length === 1
        ? memberMisfit(request.infer(part.expression), wanted, part.expression, path)
        : partMisfit(request.infer(part.expression));
    if (how === undefined) return [];
    const message = `${nameAt(path)} of ${request.owner} ${how}`;
    return [request.context.places.atText(path, part.offset, message)];
  });
}

/** Loading the file has already reported a text that cannot be cut. */
function cut(text: string): readonly Part[] {
  try {
    return partsOf(text);
  } catch (error) {
    if (error instanceof ExpressionError) return [];
    throw error;
  }
}

/** A position in a list is named by the list. */
function nameAt(path: Path): string {
  const at = path.findLastIndex((part) => typeof part === 'string');
  return [path[at], ...path.slice(at + 1).map((part) => `[${String(part)}]`)].map(String).join('');
}

function memberMisfit(
  given: Shape,
  {shape, required}: Wanted,
  source: string,
  path: Path,
): string | undefined {
  if (nothingIn(given) === undefined) return shapeMisfit(given, shape);
  if (typeof path.at(-1) === 'number') return 'may be nothing: a list cannot have a hole';
  if (required) return 'is needed, and this may be nothing; not_null(…, …) says what is sent then';
  if (!saysAbsence(source)) return 'may be nothing; optional(…) says that it is left out then';
  return shapeMisfit(given, shape);
}

function partMisfit(given: Shape): string | undefined {
  const odd = optionsOf(given).find((one) => !standsInText(one));
  if (odd === undefined) return undefined;
  if (odd === falseAlone)
    return 'has a part that is false where its condition does not hold; say with || what stands there then';
  return odd.kind === 'nothing'
    ? 'has a part that may be nothing; not_null(…, …) says what stands there then'
    : `has ${shapeInWords(odd)} within a text; join() and to_string() make a text of it`;
}
