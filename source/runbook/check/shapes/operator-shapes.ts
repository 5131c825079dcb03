import type {Shape} from '../../operation.ts';
import {isText} from './shapes.ts';
import {optionsOf, shapeInWords} from './unions.ts';

/** Returns why two values are never equal, if that is so. */
export function compareShapes(left: Shape, right: Shape): string | undefined {
  const both = [left, right].map((shape) => new Set(optionsOf(shape).map(family)));
  const [one, other] = both;
  if (one === undefined || other === undefined || both.some((families) => isOpen(families))) return undefined;
  if ([...one].some((kind) => other.has(kind))) return undefined;
  if (isTimeAndText(left, right)) return `a time and a text are never alike: ${madeTime}`;
  return `${shapeInWords(left)} is never equal to ${shapeInWords(right)}`;
}

/** Nothing is known of the value, or it is asked whether there is one. */
function isOpen(families: ReadonlySet<string>): boolean {
  return families.size === 0 || families.has('document') || (families.size === 1 && families.has('nothing'));
}

/** How a text is compared with a time. */
const madeTime = 'time(…) makes a time of the text';

function isTimeAndText(left: Shape, right: Shape): boolean {
  return (hasTime(left) && hasOtherText(right)) || (hasOtherText(left) && hasTime(right));
}

function hasTime(shape: Shape): boolean {
  return optionsOf(shape).some(({kind}) => kind === 'timestamp');
}

function hasOtherText(shape: Shape): boolean {
  return optionsOf(shape).some((one) => isText(one) && one.kind !== 'timestamp');
}

function family(shape: Shape): string {
  if (shape.kind === 'timestamp') return 'timestamp';
  if (isText(shape)) return 'string';
  return shape.kind === 'map' ? 'structure' : shape.kind;
}

/** Returns why two values cannot be ordered, if that is so. */
export function orderShapes(left: Shape, right: Shape): string | undefined {
  const options = [...optionsOf(left), ...optionsOf(right)].filter(({kind}) => kind !== 'document');
  if (isTimeAndText(left, right) && options.every(isText))
    return `a time and a text have no order: ${madeTime}`;
  if (options.every(({kind}) => kind === 'number') || options.every(isText)) return undefined;
  return `two numbers, texts or times can be ordered, not ${shapeInWords(left)} and ${shapeInWords(right)}`;
}
