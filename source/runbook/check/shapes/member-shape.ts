import type {Node} from '../../expression/parse.ts';
import type {Member, Shape} from '../../operation.ts';
import type {Complaints} from './complaints.ts';
import {anything, isObjectShape, missingFrom} from './shapes.ts';
import {itemOf, optionsOf, orNothing, union} from './unions.ts';

/** The shape that a name reaches in a value. */
export function memberShape(
  complaints: Complaints,
  node: Extract<Node, {type: 'Field'}>,
  at: Shape,
  place: {readonly strict: boolean; readonly strictOutside: boolean},
): Shape {
  const {name} = node;
  if (at.kind === 'list') {
    complaints.say(node, `${name} is asked of a list; write [].${name} for every item's, or [0].${name}`);
    return anything;
  }
  const objects = complaints.owner(node, name, at, isObjectShape, place);
  let absent = optionsOf(objects).length < optionsOf(at).length;
  const found = optionsOf(objects).map((object): Shape => {
    if (object.kind !== 'structure') return itemOf(object);
    const member = object.members().get(name);
    if (member !== undefined) return present(seen(name, member), place);
    absent = true;
    return union();
  });
  const lacking = optionsOf(objects).find((one) => one.kind === 'structure' && !one.members().has(name));
  const everyLacks = optionsOf(objects).every((one) => one.kind === 'structure' && !one.members().has(name));
  if (lacking !== undefined && (place.strict || everyLacks)) {
    complaints.missing(node, name, missingFrom(lacking, name));
    return anything;
  }
  const shape = union(...found);
  return absent && !place.strict ? orNothing(shape) : shape;
}

/** A member as expressions see it: of a sensitive one there is only a stand-in. */
function seen(name: string, member: Member): Member {
  return member.sensitive ? {...member, shape: {...member.shape, concealed: name}} : member;
}

/** A member that a service may leave out is nothing where paths may reach nothing. */
function present(
  {shape, required}: Member,
  {strict, strictOutside}: {strict: boolean; strictOutside: boolean},
): Shape {
  return required || strict || !strictOutside ? shape : orNothing(shape);
}
