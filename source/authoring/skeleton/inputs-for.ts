import {missingFrom, type OperationModel, type Shape} from '../../runbook/operation.ts';

/** Inputs of the runbook that is made, by name. */
export type Inputs = Map<string, {readonly type: string; readonly description: string}>;

/** How deep a request is written out: models refer to themselves. */
const deepest = 5;

/**
 * Returns the members that a request needs, each with its value: one of `known` expressions, or an input, which is added
 * to the inputs.
 */
export function requiredMembers(
  model: OperationModel,
  known: ReadonlyMap<string, string>,
  inputs: Inputs,
): Readonly<Record<string, unknown>> {
  const members = model.input.members();
  return Object.fromEntries(
    missingFrom(model, new Set()).flatMap((name) => {
      const member = members.get(name);
      if (member === undefined) return [];
      return [[name, known.get(name) ?? valueOf(member.shape, name, member.sensitive, model, inputs, 0)]];
    }),
  );
}

function valueOf(
  shape: Shape,
  name: string,
  sensitive: boolean,
  model: OperationModel,
  inputs: Inputs,
  depth: number,
): unknown {
  const {kind} = shape;
  if (kind === 'structure') {
    if (depth > deepest) return {};
    const needed = [...shape.members()].filter(([, {required}]) => required);
    return Object.fromEntries(
      needed.map(([inner, one]) => [
        inner,
        valueOf(one.shape, inner, sensitive || one.sensitive, model, inputs, depth + 1),
      ]),
    );
  }
  if (kind === 'map') return {};
  const item = shape.item();
  if (kind === 'list' && item !== undefined && !isText(item)) {
    return depth > deepest ? [] : [valueOf(item, name, sensitive, model, inputs, depth + 1)];
  }
  return inputNamed(name, typeOf(kind, sensitive), model, inputs);
}

/** Returns the expression of an input. The same name and type is the same input for all requests. */
function inputNamed(member: string, type: string, model: OperationModel, inputs: Inputs): string {
  const plain = camelCase(member);
  const taken = inputs.get(plain);
  const name = taken === undefined || taken.type === type ? plain : `${plain}As${capital(type)}`;
  if (!inputs.has(name)) inputs.set(name, {type, description: `${member} of ${model.operation}`});
  return `\${{ inputs.${name} }}`;
}

function typeOf(kind: Shape['kind'], sensitive: boolean): string {
  if (kind === 'list') return 'list';
  if (kind === 'number' || kind === 'boolean') return kind;
  return sensitive ? 'secret' : 'string';
}

function isText({kind}: Shape): boolean {
  return ['string', 'timestamp', 'blob'].includes(kind);
}

/** `RoleName` and `roleName` as `roleName`, `MFADevices` as `mfaDevices`. */
export function camelCase(name: string): string {
  return name.replace(/^[A-Z]+(?=[A-Z][a-z])|^[A-Z]+$|^[A-Z]/, (start) => start.toLowerCase());
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
