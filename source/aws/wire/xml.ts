import type {NormalizedSchema} from '@smithy/core/schema';
import {membersOf} from './members-of.ts';
import type {Json, JsonObject} from '../../data/json.ts';
import {timeOnWire} from './times.ts';

/** The members of a structure as elements, each with its name on the wire. */
export function xmlMembers(schema: NormalizedSchema, value: JsonObject): string {
  return membersOf(schema)
    .filter(([name, member]) => {
      const {xmlAttribute, httpHeader, httpResponseCode} = member.getMergedTraits();
      return Object.hasOwn(value, name) && (xmlAttribute ?? httpHeader ?? httpResponseCode) === undefined;
    })
    .map(([name, member]) => xmlElement(nameOf(member, name), member, value[name] ?? null))
    .join('');
}

/** An element with a value in it. A flat list or map is several of them. */
export function xmlElement(name: string, schema: NormalizedSchema, value: Json): string {
  if (value === null) return '';
  const isFlat = schema.getMergedTraits().xmlFlattened !== undefined;
  if (schema.isListSchema() && Array.isArray(value)) {
    const item = schema.getValueSchema();
    const items = (value as readonly Json[]).map((one) =>
      xmlElement(isFlat ? name : nameOf(item, 'member'), item, one),
    );
    return isFlat ? items.join('') : element(name, '', items.join(''));
  }
  if (schema.isMapSchema() && isMembers(value)) {
    const [keys, values] = [schema.getKeySchema(), schema.getValueSchema()];
    const entries = Object.entries(value).map(([key, one]) =>
      element(
        isFlat ? name : 'entry',
        '',
        xmlElement(nameOf(keys, 'key'), keys, key) + xmlElement(nameOf(values, 'value'), values, one),
      ),
    );
    return isFlat ? entries.join('') : element(name, '', entries.join(''));
  }
  if (schema.isStructSchema() && isMembers(value)) {
    return element(name, attributes(schema, value), xmlMembers(schema, value));
  }
  const scalar = schema.isTimestampSchema() ? timeOnWire(schema, value, 'dateTime') : value;
  return element(name, '', escaped(String(scalar)));
}

function attributes(schema: NormalizedSchema, value: JsonObject): string {
  return membersOf(schema)
    .filter(
      ([name, member]) => member.getMergedTraits().xmlAttribute !== undefined && Object.hasOwn(value, name),
    )
    .map(([name, member]) => ` ${nameOf(member, name)}="${escaped(String(value[name]))}"`)
    .join('');
}

function nameOf(schema: NormalizedSchema, otherwise: string): string {
  return String(schema.getMergedTraits().xmlName ?? otherwise);
}

function element(name: string, attributesOf: string, content: string): string {
  return `<${name}${attributesOf}>${content}</${name}>`;
}

function isMembers(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text between elements or in an attribute. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
