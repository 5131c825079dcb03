import type {Json} from '../../data/json.ts';
import type {NormalizedSchema} from '@smithy/core/schema';

/** Converts the SDK's response to JSON: dates as ISO 8601 text, blobs as base64. Absent members stay absent. */
export function toJson(value: unknown): Json {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== 'object') return null;
  const members: [string, Json][] = [];
  for (const [name, member] of Object.entries(value)) {
    if (member !== undefined && name !== '$metadata') members.push([name, toJson(member)]);
  }
  return Object.fromEntries(members);
}

/** JSON as the SDK wants it: the way back of {@link toJson}, by the operation's input schema. */
export function fromJson(value: Json, schema: NormalizedSchema): unknown {
  if (value === null) return undefined;
  if (schema.isTimestampSchema()) return new Date(value as string | number);
  if (schema.isBlobSchema()) return Buffer.from(value as string, 'base64');
  if (Array.isArray(value)) {
    return schema.isListSchema() ? value.map((item: Json) => fromJson(item, schema.getValueSchema())) : value;
  }
  if (typeof value !== 'object') return value;
  const entries = Object.entries(value as {readonly [name: string]: Json});
  if (schema.isMapSchema()) {
    return Object.fromEntries(entries.map(([name, item]) => [name, fromJson(item, schema.getValueSchema())]));
  }
  if (!schema.isStructSchema()) return value;
  const members = new Map(schema.structIterator());
  return Object.fromEntries(
    entries.map(([name, item]) => {
      const member = members.get(name);
      return [name, member === undefined ? item : fromJson(item, member)];
    }),
  );
}
