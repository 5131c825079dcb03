import type {Shape} from '../../operation.ts';
import {boolean, listOf, nothing, number, objectOf, text} from './shapes.ts';
import {union} from './unions.ts';

/** The shape of a value that stands in an expression. */
export function literalShape(value: unknown): Shape {
  if (typeof value === 'string') return text;
  if (typeof value === 'number') return number;
  if (typeof value === 'boolean') return boolean;
  if (value === null || value === undefined) return nothing;
  if (Array.isArray(value)) return listOf(union(...value.map(literalShape)));
  return objectOf(Object.entries(value).map(([name, member]) => [name, literalShape(member)] as const));
}
