import {z} from 'zod';
import {runbookFileSchema, stepListSchema} from './schema.ts';

/** The JSON Schema of a runbook file or of a file of shared steps, as editors read it. */
export function jsonSchemaOf(kind: 'runbook' | 'step-list'): object {
  const schema = kind === 'runbook' ? runbookFileSchema : stepListSchema;
  const title = kind === 'runbook' ? 'Handrail runbook' : 'Handrail shared steps';
  // A URN: nothing of it is on the web.
  return {...z.toJSONSchema(schema, {io: 'input'}), $id: `urn:handrail:${kind}:1`, title};
}
