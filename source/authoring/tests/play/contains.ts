import {isObject, type Json} from '../../../data/json.ts';

/** Returns true if a value has all that is wanted: objects may have further members, lists count as a whole. */
export function contains(value: Json | undefined, wanted: Json): boolean {
  if (Array.isArray(wanted)) {
    if (!Array.isArray(value) || value.length !== wanted.length) return false;
    return wanted.every((one: Json, at) => contains(value[at] as Json, one));
  }
  if (!isObject(wanted)) return value === wanted;
  return isObject(value) && Object.entries(wanted).every(([name, one]) => contains(value[name], one));
}
