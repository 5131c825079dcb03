import type {NormalizedSchema} from '@smithy/core/schema';
import {membersOf} from './members-of.ts';
import type {Json, JsonObject} from '../../data/json.ts';
import {queryInput} from './query-input.ts';
import type {Route} from './routes.ts';
import {valueOfText} from './text-value.ts';
import type {WireService} from './wire-service.ts';
import {xmlInput} from './xml-input.ts';

/** A request as it came, its body read to the end. */
export interface CameRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** The operation that a request is for, with its input; undefined for a request that is not for this service. */
export function readRequest(
  wire: WireService,
  request: CameRequest,
): {readonly operation: string; readonly input: JsonObject} | undefined {
  const {service, protocol} = wire;
  const known = (operation: string | null | undefined): operation is string =>
    typeof operation === 'string' && service.operations().includes(operation);
  if (protocol === 'json') {
    const operation = request.headers['x-amz-target']?.split('.').at(-1);
    return known(operation) ? {operation, input: jsonIn(request.body)} : undefined;
  }
  if (protocol === 'query' || protocol === 'ec2') {
    const form = new URLSearchParams(request.body);
    const operation = form.get('Action');
    if (!known(operation) || form.get('Version') !== wire.version) return undefined;
    return {operation, input: queryInput(service.inputSchema(operation), form, protocol === 'ec2')};
  }
  for (const route of wire.routes) {
    const labels = labelsIn(route, request);
    if (labels === undefined) continue;
    const schema = service.inputSchema(route.operation);
    return {operation: route.operation, input: restInput(schema, labels, request, protocol === 'rest-json')};
  }
  return undefined;
}

function labelsIn(route: Route, {method, url}: CameRequest): ReadonlyMap<string, string> | undefined {
  if (route.method !== method) return undefined;
  for (const [name, value] of route.query) if (url.searchParams.get(name) !== value) return undefined;
  const found = route.path.exec(url.pathname);
  if (found === null) return undefined;
  return new Map(route.labels.map((name, at) => [name, decoded(found[at + 1] ?? '')]));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The members of a request with a path. */
function restInput(
  schema: NormalizedSchema,
  labels: ReadonlyMap<string, string>,
  {url, headers, body}: CameRequest,
  isJson: boolean,
): JsonObject {
  const content = isJson ? jsonIn(body) : xmlInput(schema, body);
  const input: Record<string, Json> = {};
  for (const [name, member] of membersOf(schema)) {
    const {httpQuery, httpHeader, httpPayload, jsonName} = member.getMergedTraits();
    const found =
      labels.get(name) ??
      (typeof httpQuery === 'string' ? inQuery(member, url.searchParams, httpQuery) : undefined) ??
      (typeof httpHeader === 'string' ? headers[httpHeader.toLowerCase()] : undefined);
    if (found !== undefined) input[name] = typeof found === 'string' ? valueOfText(member, found) : found;
    else if (httpPayload !== undefined && isJson) input[name] = content;
    else if (httpPayload !== undefined && member.isStructSchema()) input[name] = xmlInput(member, body);
    else if (Object.hasOwn(content, String(jsonName ?? name))) {
      input[name] = content[String(jsonName ?? name)] ?? null;
    }
  }
  return input;
}

function inQuery(member: NormalizedSchema, query: URLSearchParams, name: string): Json | undefined {
  const all = query.getAll(name);
  if (all.length === 0) return undefined;
  return member.isListSchema()
    ? all.map((one) => valueOfText(member.getValueSchema(), one))
    : (all[0] ?? null);
}

function jsonIn(body: string): JsonObject {
  try {
    const value: unknown = JSON.parse(body === '' ? '{}' : body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
  } catch {
    return {};
  }
}
