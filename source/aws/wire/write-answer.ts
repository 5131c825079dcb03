import type {NormalizedSchema} from '@smithy/core/schema';
import {membersOf} from './members-of.ts';
import type {Json, JsonObject} from '../../data/json.ts';
import {timeOnWire} from './times.ts';
import type {WireService} from './wire-service.ts';
import {escaped, xmlElement, xmlMembers} from './xml.ts';

/** An answer as it goes out. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** An error as a service sends it. */
export interface Refusal {
  readonly name: string;
  readonly message: string;
  readonly status: number;
}

/** Writes an operation's answer as its service sends it. */
export function writeAnswer(
  wire: WireService,
  operation: string,
  answer: JsonObject,
  id: string,
): WireAnswer {
  const schema = wire.service.outputSchema(operation);
  switch (wire.protocol) {
    case 'json':
      return json(200, jsonOf(schema, answer, false), id);
    case 'query': {
      const result = `<${operation}Result>${xmlMembers(schema, answer)}</${operation}Result>`;
      const metadata = `<ResponseMetadata><RequestId>${id}</RequestId></ResponseMetadata>`;
      return xml(200, `${operation}Response`, wire.xmlNamespace, result + metadata, id);
    }
    case 'ec2': {
      const content = `<requestId>${id}</requestId>${xmlMembers(schema, answer)}`;
      return xml(200, `${operation}Response`, wire.xmlNamespace, content, id);
    }
    case 'rest-json':
    case 'rest-xml':
      return rest(wire, operation, answer, id);
  }
}

/** Writes an error as a service sends it. */
export function writeRefusal(
  {protocol, xmlNamespace}: WireService,
  refusal: Refusal,
  id: string,
): WireAnswer {
  const {name, message, status} = refusal;
  const inXml = `<Code>${escaped(name)}</Code><Message>${escaped(message)}</Message>`;
  switch (protocol) {
    case 'json':
      return json(status, {__type: name, message}, id);
    case 'rest-json':
      return {
        ...json(status, {message}, id),
        headers: {...headersOf('application/json', id), 'x-amzn-errortype': name},
      };
    case 'ec2':
      return xml(
        status,
        'Response',
        '',
        `<Errors><Error>${inXml}</Error></Errors><RequestID>${id}</RequestID>`,
        id,
      );
    case 'query':
    case 'rest-xml': {
      const type = status < 500 ? 'Sender' : 'Receiver';
      const content = `<Error><Type>${type}</Type>${inXml}</Error><RequestId>${id}</RequestId>`;
      return xml(status, 'ErrorResponse', xmlNamespace, content, id);
    }
  }
}

/** An answer whose members may be in its headers, its status and its body. */
function rest(
  {protocol, service, xmlNamespace}: WireService,
  operation: string,
  answer: JsonObject,
  id: string,
): WireAnswer {
  const schema = service.outputSchema(operation);
  const isJson = protocol === 'rest-json';
  const headers: Record<string, string> = {...headersOf(isJson ? 'application/json' : 'application/xml', id)};
  let status = service.http(operation)?.[2] ?? 200;
  let payload: readonly [NormalizedSchema, Json, string] | undefined;
  const inBody: Record<string, Json> = {};
  for (const [name, member] of membersOf(schema)) {
    const value = answer[name];
    if (value === undefined || value === null) continue;
    const {httpHeader, httpPrefixHeaders, httpResponseCode, httpPayload, xmlName} = member.getMergedTraits();
    if (typeof httpHeader === 'string') headers[httpHeader.toLowerCase()] = headerText(member, value);
    else if (typeof httpPrefixHeaders === 'string') {
      for (const [key, one] of Object.entries(value))
        headers[(httpPrefixHeaders + key).toLowerCase()] = String(one);
    } else if (httpResponseCode !== undefined) status = Number(value);
    else if (httpPayload !== undefined) payload = [member, value, String(xmlName ?? name)];
    else inBody[name] = value;
  }
  if (payload !== undefined) return {status, headers, body: payloadOf(...payload, isJson)};
  if (isJson) return {status, headers, body: JSON.stringify(jsonOf(schema, inBody, true))};
  const {xmlName} = schema.getMergedTraits();
  const root = String(xmlName ?? schema.getName(false) ?? `${operation}Result`);
  return {...xml(status, root, xmlNamespace, xmlMembers(schema, inBody), id), headers};
}

function payloadOf(
  schema: NormalizedSchema,
  value: Json,
  name: string,
  isJson: boolean,
): string | Uint8Array {
  if (schema.isBlobSchema()) return Buffer.from(String(value), 'base64');
  if (schema.isStringSchema()) return String(value);
  return isJson ? JSON.stringify(jsonOf(schema, value, true)) : xmlElement(name, schema, value);
}

function headerText(schema: NormalizedSchema, value: Json): string {
  if (schema.isTimestampSchema()) return String(timeOnWire(schema, value, 'httpDate'));
  return Array.isArray(value) ? value.join(',') : String(value);
}

/** The value with the times and names of the wire. `renamed`: by the JSON names of the model. */
function jsonOf(schema: NormalizedSchema, value: Json, renamed: boolean): Json {
  if (value === null) return null;
  if (schema.isTimestampSchema()) return timeOnWire(schema, value, 'epochSeconds');
  if (Array.isArray(value)) {
    return schema.isListSchema()
      ? value.map((one: Json) => jsonOf(schema.getValueSchema(), one, renamed))
      : value;
  }
  if (typeof value !== 'object') return value;
  const members = Object.entries(value);
  if (schema.isMapSchema()) {
    return Object.fromEntries(
      members.map(([name, one]) => [name, jsonOf(schema.getValueSchema(), one, renamed)]),
    );
  }
  if (!schema.isStructSchema()) return value;
  const shapes = new Map(membersOf(schema));
  return Object.fromEntries(
    members.map(([name, one]) => {
      const member = shapes.get(name);
      if (member === undefined) return [name, one];
      const onWire = renamed ? String(member.getMergedTraits().jsonName ?? name) : name;
      return [onWire, jsonOf(member, one, renamed)];
    }),
  );
}

function json(status: number, value: Json, id: string): WireAnswer {
  return {status, headers: headersOf('application/x-amz-json-1.1', id), body: JSON.stringify(value)};
}

function xml(status: number, root: string, namespace: string, content: string, id: string): WireAnswer {
  const xmlns = namespace === '' ? '' : ` xmlns="${escaped(namespace)}"`;
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${xmlns}>${content}</${root}>\n`;
  return {status, headers: headersOf('text/xml', id), body};
}

function headersOf(type: string, id: string): Record<string, string> {
  return {'content-type': type, 'x-amzn-requestid': id};
}
