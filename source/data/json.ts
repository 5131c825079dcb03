/** Any value that survives a trip through JSON. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** An object of JSON. */
export interface JsonObject {
  readonly [member: string]: Json;
}

/** Returns true if a value is an object with members: neither a list nor null. */
export function isObject<T>(value: T): value is T & JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The members of a value: none when it is no object. */
export function membersOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}
