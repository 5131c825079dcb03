import type {NormalizedSchema} from '@smithy/core/schema';
import type {Json} from '../../data/json.ts';

/** A text of a path, a query, a header or a form, as its member has it. */
export function valueOfText(schema: NormalizedSchema, text: string): Json {
  if (schema.isNumericSchema()) return Number(text);
  return schema.isBooleanSchema() ? text === 'true' : text;
}
