import type {Shape} from '../../operation.ts';
import {isText} from './shapes.ts';
import {optionsOf, shapeInWords} from './unions.ts';

/** Returns why two values are never equal, if that is so. */
export function compareShapes(left: Shape, right: Shape): string | undefined {
  const both = [left, right].map((shape) => new Set(optionsOf(shape).map(family)));
  const [one, other] = both;
  if (one === undefined || other === undefined || both.some((families) => isOpen(families))) return undefined;
  if ([...one].some((kind) => other.has(kind))) return undefined;
  return `${shapeInWords(left)} is never equal to ${shapeInWords(right)}`;
}

/** Nothing is known of the value, or it is asked whether there is one. */
function isOpen(families: ReadonlySet<string>): boolean {
  return families.size === 0 || families.has('document') || (families.size === 1 && families.has('nothing'));
}

function family(shape: Shape): string {
  if (isText(shape)) return 'string';
  return shape.kind === 'map' ? 'structure' : shape.kind;
}

/** Returns why two values cannot be ordered, if that is so. */
export function orderShapes(left: Shape, right: Shape): string | undefined {
  const options = [...optionsOf(left), ...optionsOf(right)].filter(({kind}) => kind !== 'document');
  if (options.every(({kind}) => kind === 'number') || options.every(isText)) return undefined;
  return `two numbers or two texts can be ordered, not ${shapeInWords(left)} and ${shapeInWords(right)}`;
}
