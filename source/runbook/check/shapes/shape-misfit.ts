import type {Shape} from '../../operation.ts';
import {wantedInWords} from '../../request-value.ts';
import {falseAlone, isObjectShape, isText} from './shapes.ts';
import {optionsOf, shapeInWords} from './unions.ts';

/** How deep two shapes are compared: models refer to themselves. */
const deepest = 8;

/**
 * Returns why a value of one shape is not what a request takes: `is a list, and this is a text`. Nothing is left out
 * of a request, so it fits everywhere but in a list.
 */
export function shapeMisfit(given: Shape, wanted: Shape): string | undefined {
  const found = misfitAt('', given, wanted, 0);
  return found === undefined ? undefined : `${found.path === '' ? '' : `has ${found.path}: it `}${found.how}`;
}

interface Misfit {
  readonly path: string;
  readonly how: string;
}

function misfitAt(path: string, given: Shape, wanted: Shape, depth: number): Misfit | undefined {
  if (wanted.kind === 'document' || depth > deepest) return undefined;
  for (const option of optionsOf(given)) {
    const found = optionMisfit(path, option, wanted, depth);
    if (found !== undefined) return found;
  }
  return undefined;
}

function optionMisfit(path: string, given: Shape, wanted: Shape, depth: number): Misfit | undefined {
  if (given.kind === 'document' || given.kind === 'nothing') return undefined;
  const otherwise = {path, how: `is ${wantedInWords(wanted)}, and this is ${shapeInWords(given)}`};
  if (isText(wanted)) return isText(given) ? undefined : otherwise;
  if (wanted.kind === 'structure') {
    if (given.kind === 'structure') return memberMisfit(path, given, wanted, depth);
    return given.kind === 'map' ? undefined : otherwise;
  }
  const item = wanted.item();
  if (wanted.kind === 'map') {
    if (given.kind !== 'map' && given.kind !== 'structure') return otherwise;
    const values =
      given.kind === 'map' ? [given.item()] : [...given.members().values()].map(({shape}) => shape);
    return item && firstOf(values, (value) => value && misfitAt(`${path}.*`, value, item, depth + 1));
  }
  if (given.kind !== wanted.kind) return otherwise;
  const one = given.item();
  if (wanted.kind !== 'list' || item === undefined || one === undefined) return undefined;
  if (optionsOf(one).some(({kind}) => kind === 'nothing')) {
    return {path: `${path}[]`, how: 'may be nothing; leave such items out, such as with [?@]'};
  }
  return misfitAt(`${path}[]`, one, item, depth + 1);
}

function memberMisfit(path: string, given: Shape, wanted: Shape, depth: number): Misfit | undefined {
  const taken = wanted.members();
  const members = [...given.members()];
  const missing = [...taken].find(([name, {required}]) => required && !given.members().has(name));
  if (missing !== undefined) return {path, how: `needs ${missing[0]}, which this does not have`};
  return firstOf(members, ([name, {shape}]) => {
    const member = taken.get(name);
    const at = path === '' ? name : `${path}.${name}`;
    return member === undefined
      ? {path, how: `has no member ${name}`}
      : misfitAt(at, shape, member.shape, depth + 1);
  });
}

function firstOf<T>(values: Iterable<T>, wrong: (value: T) => Misfit | undefined): Misfit | undefined {
  for (const value of values) {
    const found = wrong(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Returns true if a value may stand within a text of a request. */
export function standsInText(shape: Shape): boolean {
  if (shape.kind === 'document' || shape.kind === 'number' || isText(shape)) return true;
  return shape.kind === 'boolean' && shape !== falseAlone;
}

/**
 * Returns why what is read can never be the same as what is written: `the resource has a list of objects there, and
 * not a list of texts`. Of structures only the kind counts, since a write sets only some of their members.
 */
export function comparable(found: Shape, wanted: Shape): string | undefined {
  const alike = optionsOf(found).some((option) => isAlike(option, wanted));
  return alike ? undefined : `the resource has ${inWords(found)} there, and not ${wordsFor(wanted)}`;
}

function isAlike(found: Shape, wanted: Shape): boolean {
  if ([found.kind, wanted.kind].some((kind) => kind === 'document' || kind === 'nothing')) return true;
  if (isText(wanted)) return isText(found);
  if (isObjectShape(wanted)) return isObjectShape(found);
  if (found.kind !== wanted.kind) return false;
  const [one, other] = [found.item(), wanted.item()];
  if (wanted.kind !== 'list' || one === undefined || other === undefined) return true;
  return optionsOf(one).some((option) => isAlike(option, other));
}

function inWords(shape: Shape): string {
  const item = shape.kind === 'list' ? shape.item() : undefined;
  return item === undefined ? shapeInWords(shape) : `a list with ${shapeInWords(item)} each`;
}

function wordsFor(shape: Shape): string {
  const item = shape.kind === 'list' ? shape.item() : undefined;
  return item === undefined ? wantedInWords(shape) : `a list with ${wantedInWords(item)} each`;
}
