import type {Json} from '../../data/json.ts';
import type {PlannedChange} from '../model/events.ts';

/** Returns a text that two changes share if they are the same: step, Region, operation, target and request. */
export function changeKey({step, region = '', operation, target, request}: PlannedChange): string {
  return JSON.stringify([step, region, operation, target, sorted(request ?? null)]);
}

/** The value with its members in one order: AWS may answer with them in another the next time. */
function sorted(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).map(([name, member]): [string, Json] => [name, sorted(member)]);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}
