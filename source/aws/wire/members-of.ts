import type {NormalizedSchema} from '@smithy/core/schema';

/** The members of a structure with their names; none of an operation without input or output. */
export function membersOf(schema: NormalizedSchema): readonly (readonly [string, NormalizedSchema])[] {
  return schema.isStructSchema() ? [...schema.structIterator()] : [];
}
