import type {NormalizedSchema} from '@smithy/core/schema';
import {membersOf} from './members-of.ts';
import {capital} from '../../text/capital.ts';
import type {Json, JsonObject} from '../../data/json.ts';
import {valueOfText} from './text-value.ts';

/** The members of a request that came as a form. `isEc2`: in the dialect of EC2. */
export function queryInput(schema: NormalizedSchema, form: URLSearchParams, isEc2: boolean): JsonObject {
  return structure(schema, '', {form, names: [...form.keys()], isEc2});
}

interface Form {
  readonly form: URLSearchParams;
  readonly names: readonly string[];
  readonly isEc2: boolean;
}

function structure(schema: NormalizedSchema, prefix: string, form: Form): JsonObject {
  const members: Record<string, Json> = {};
  for (const [name, member] of membersOf(schema)) {
    const found = valueAt(member, prefix + nameOf(name, member, form), form);
    if (found !== undefined) members[name] = found;
  }
  return members;
}

function nameOf(name: string, member: NormalizedSchema, {isEc2}: Form): string {
  const {ec2QueryName, xmlName} = member.getMergedTraits();
  if (!isEc2) return String(xmlName ?? name);
  return String(ec2QueryName ?? capital(String(xmlName ?? name)));
}

function valueAt(schema: NormalizedSchema, key: string, form: Form): Json | undefined {
  if (schema.isListSchema()) return listAt(schema, key, form);
  if (schema.isMapSchema()) return mapAt(schema, key, form);
  if (schema.isStructSchema()) {
    return form.names.some((name) => name.startsWith(`${key}.`))
      ? structure(schema, `${key}.`, form)
      : undefined;
  }
  const text = form.form.get(key);
  return text === null ? undefined : valueOfText(schema, text);
}

function listAt(schema: NormalizedSchema, key: string, form: Form): Json | undefined {
  const item = schema.getValueSchema();
  const {xmlFlattened} = schema.getMergedTraits();
  const isFlat = form.isEc2 || xmlFlattened !== undefined;
  const base = isFlat ? key : `${key}.${String(item.getMergedTraits().xmlName ?? 'member')}`;
  const found: Json[] = [];
  for (let at = 1; ; at += 1) {
    const value = valueAt(item, `${base}.${at}`, form);
    if (value === undefined) break;
    found.push(value);
  }
  return found.length === 0 ? undefined : found;
}

function mapAt(schema: NormalizedSchema, key: string, form: Form): Json | undefined {
  const base = schema.getMergedTraits().xmlFlattened === undefined ? `${key}.entry` : key;
  const found: [string, Json][] = [];
  for (let at = 1; ; at += 1) {
    const name = form.form.get(`${base}.${at}.key`);
    if (name === null) break;
    found.push([name, valueAt(schema.getValueSchema(), `${base}.${at}.value`, form) ?? null]);
  }
  return found.length === 0 ? undefined : Object.fromEntries(found);
}
