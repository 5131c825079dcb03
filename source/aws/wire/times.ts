import type {NormalizedSchema} from '@smithy/core/schema';
import type {Json} from '../../data/json.ts';

/** Forms of a time, by the numbers that the SDK's schemas have for them. */
const forms = {dateTime: 5, httpDate: 6, epochSeconds: 7} as const;

/** A time as a service sends it. `usual` is the form where the model names none. */
export function timeOnWire(schema: NormalizedSchema, value: Json, usual: keyof typeof forms): Json {
  const at = new Date(value as string | number);
  if (Number.isNaN(at.getTime())) return value;
  const own = schema.getSchema();
  const form = Object.values<unknown>(forms).includes(own) ? own : forms[usual];
  if (form === forms.epochSeconds) return at.getTime() / 1000;
  return form === forms.httpDate ? at.toUTCString() : at.toISOString();
}
