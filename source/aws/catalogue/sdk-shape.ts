import {NormalizedSchema} from '@smithy/core/schema';
import type {Member, Shape} from '../../runbook/operation.ts';

/** A static structure schema of the SDK lists its required members first, and says here how many they are. */
const requiredCountIndex = 6;

/** A runbook's view of an SDK schema. Parts below it are read on first use, since shapes may recur. */
export function shapeOf(schema: NormalizedSchema): Shape {
  const hasItems = schema.isListSchema() || schema.isMapSchema();
  let members: ReadonlyMap<string, Member> | undefined;
  let item: Shape | undefined;
  return {
    kind: kindOf(schema),
    members: () => (members ??= membersOf(schema)),
    item: () => (hasItems ? (item ??= shapeOf(schema.getValueSchema())) : undefined),
  };
}

function kindOf(schema: NormalizedSchema): Shape['kind'] {
  if (schema.isStructSchema()) return 'structure';
  if (schema.isListSchema()) return 'list';
  if (schema.isMapSchema()) return 'map';
  if (schema.isTimestampSchema()) return 'timestamp';
  if (schema.isBlobSchema()) return 'blob';
  if (schema.isBooleanSchema()) return 'boolean';
  if (schema.isNumericSchema() || schema.isBigIntegerSchema()) return 'number';
  return schema.isDocumentSchema() ? 'document' : 'string';
}

function membersOf(schema: NormalizedSchema): ReadonlyMap<string, Member> {
  const members = new Map<string, Member>();
  if (!schema.isStructSchema()) return members;
  const definition: unknown = schema.getSchema();
  const counted: unknown = Array.isArray(definition) ? definition[requiredCountIndex] : 0;
  const required = typeof counted === 'number' ? counted : 0;
  for (const [name, member] of schema.structIterator()) {
    const sensitive = member.getMergedTraits().sensitive === 1;
    members.set(name, {shape: shapeOf(member), required: members.size < required, sensitive});
  }
  return members;
}
