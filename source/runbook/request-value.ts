import {isObject, type Json} from '../data/json.ts';
import {timeOf} from './expression/times.ts';
import type {Shape} from './operation.ts';
import {holdsMask} from './secret.ts';

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** What a value of a request has to be, in words. */
export function wantedInWords({kind}: Shape): string {
  switch (kind) {
    case 'timestamp':
      return 'a time, such as 2026-11-27T08:00:00Z';
    case 'blob':
      return 'binary data, as base64';
    case 'string':
      return 'a text';
    case 'structure':
    case 'map':
      return 'an object';
    default:
      return `a ${kind}`;
  }
}

/** Describes a value of a request. */
export function valueInWords(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return typeof value === 'string' ? 'a text' : `a ${typeof value}`;
}

/** Returns why a value that holds no others is not what a request takes there: `is a number, not a text`. */
export function leafMisfit(value: unknown, shape: Shape): string | undefined {
  const otherwise = `is ${wantedInWords(shape)}, not ${valueInWords(value)}`;
  switch (shape.kind) {
    case 'number':
      if (typeof value !== 'number') return otherwise;
      if (!Number.isInteger(value) || Number.isSafeInteger(value)) return undefined;
      return `cannot be sent exactly: numbers are exact up to ${Number.MAX_SAFE_INTEGER}`;
    case 'boolean':
      return typeof value === 'boolean' ? undefined : otherwise;
    case 'string':
      return typeof value === 'string' ? undefined : otherwise;
    case 'timestamp':
    case 'blob': {
      if (typeof value !== 'string') return otherwise;
      const isRight = shape.kind === 'blob' ? base64.test(value) : timeOf(value) !== undefined;
      return isRight || holdsMask(value) ? undefined : `is ${wantedInWords(shape)}, not this text`;
    }
    default:
      return undefined;
  }
}

/**
 * Returns the first place of a request at which it is not what its operation takes, in words. Members that the request
 * itself has too many are left to the operation.
 */
export function misfit(members: {readonly [member: string]: Json}, shape: Shape): string | undefined {
  for (const [name, value] of Object.entries(members)) {
    const member = shape.members().get(name);
    const wrong = member === undefined ? undefined : misfitAt(name, value, member.shape);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function misfitAt(path: string, value: Json, shape: Shape): string | undefined {
  const item = shape.item();
  if (shape.kind === 'list') {
    if (!Array.isArray(value)) return `${path} is a list, not ${valueInWords(value)}`;
    return item && first(value.entries(), ([at, one]) => misfitAt(`${path}[${at}]`, one as Json, item));
  }
  if (shape.kind !== 'structure' && shape.kind !== 'map') {
    const wrong = leafMisfit(value, shape);
    return wrong === undefined ? undefined : `${path} ${wrong}`;
  }
  if (!isObject(value)) return `${path} is an object, not ${valueInWords(value)}`;
  // A member that an expression made nothing stays absent.
  const entries = Object.entries(value).filter(([, one]) => one !== null);
  if (shape.kind === 'map')
    return item && first(entries, ([key, one]) => misfitAt(`${path}.${key}`, one, item));
  const missing = [...shape.members()].find(
    ([name, {required}]) => required && !entries.some(([given]) => given === name),
  );
  if (missing !== undefined) return `${path} needs ${missing[0]}`;
  return first(entries, ([name, one]) => {
    const member = shape.members().get(name);
    return member === undefined
      ? `${path} has no member ${name}`
      : misfitAt(`${path}.${name}`, one, member.shape);
  });
}

function first<T>(values: Iterable<T>, wrong: (value: T) => string | undefined): string | undefined {
  for (const value of values) {
    const found = wrong(value);
    if (found !== undefined) return found;
  }
  return undefined;
}
