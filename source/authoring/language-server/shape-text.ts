import {shapeInWords} from '../../runbook/check/shapes/unions.ts';
import type {Member, OperationModel, Shape} from '../../runbook/operation.ts';

/** Members that are listed of a structure, at most. */
const most = 40;

/** Describes an operation in Markdown: what it does, its members, and where AWS describes it. */
export function operationText(model: OperationModel): string {
  const {name, service, operation, effect} = model;
  return [
    `**${name}** ${effect === 'read' ? 'only reads' : 'changes something'}`,
    `Request:\n${membersText(model.input)}`,
    `Answer:\n${membersText(model.output)}`,
    `[AWS’s description](https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/client/${service}/command/${operation}Command/)`,
  ].join('\n\n');
}

/** Describes a value of a shape in Markdown. */
export function shapeText(name: string, shape: Shape): string {
  const inside = structureIn(shape);
  const members = inside === undefined ? '' : `\n\n${membersText(inside)}`;
  return `\`${name}\` is ${inWords(shape)}${members}`;
}

/** Describes a member of a request in Markdown. */
export function memberText(name: string, {shape, required}: Member): string {
  return `${shapeText(name, shape)}${required ? '\n\nIt is required.' : ''}`;
}

/** The structure that a shape is, or a list of. */
function structureIn(shape: Shape): Shape | undefined {
  if (shape.kind === 'structure') return shape;
  const item = shape.kind === 'list' || shape.kind === 'map' ? shape.item() : undefined;
  return item?.kind === 'structure' ? item : undefined;
}

function membersText(shape: Shape): string {
  const members = [...shape.members()];
  if (members.length === 0) return '- no members';
  const lines = members
    .slice(0, most)
    .map(([name, {shape: one, required}]) => `- \`${name}\`: ${inWords(one)}${required ? ', required' : ''}`);
  const left = members.length - lines.length;
  return [...lines, ...(left > 0 ? [`- and ${left} more`] : [])].join('\n');
}

/** A shape in words, with that of its items: `a list, with an object each`. */
export function inWords(shape: Shape): string {
  const item = shape.kind === 'list' ? shape.item() : undefined;
  return item === undefined ? shapeInWords(shape) : `a list, with ${shapeInWords(item)} each`;
}
