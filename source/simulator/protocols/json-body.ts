import {ServiceError} from '../service-error.ts';

/** Reads a JSON body that has to be an object; an empty body is an empty object. */
export function jsonBody(body: string): Record<string, unknown> {
  if (body === '') return {};
  let content: unknown;
  try {
    content = JSON.parse(body);
  } catch {
    throw new ServiceError('SerializationException', 400, 'The request body is not JSON.');
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw new ServiceError('SerializationException', 400, 'The request body is not a JSON object.');
  }
  return content as Record<string, unknown>;
}
