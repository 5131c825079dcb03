import {ServiceError} from '../service-error.ts';
import type {Protocol} from './protocol.ts';

/**
 * The query protocol of IAM and STS: a form in, XML out, lists as `<member>`.
 *
 * @param version The API version of the XML namespace, which the request must name too.
 */
export function queryXml(namespace: string, version: string): Protocol {
  const xmlns = `${namespace}/doc/${version}/`;
  return {
    operationOf: (request) => new URLSearchParams(request.body).get('Action') ?? '',
    inputOf: (request) => {
      const form = new URLSearchParams(request.body);
      if (form.get('Version') !== version) {
        throw new ServiceError('InvalidAction', 400, `This service has the version ${version} only.`);
      }
      return nested(form);
    },
    answer: (operation, output, requestId) => ({
      status: 200,
      headers: headersWith(requestId),
      body: xml(`${operation}Response xmlns="${xmlns}"`, {
        [`${operation}Result`]: output,
        ResponseMetadata: {RequestId: requestId},
      }),
    }),
    refuse: (error, requestId) => ({
      status: error.status,
      headers: headersWith(requestId),
      body: xml(`ErrorResponse xmlns="${xmlns}"`, {
        Error: {Type: error.status < 500 ? 'Sender' : 'Receiver', Code: error.code, Message: error.message},
        RequestId: requestId,
      }),
    }),
    unknownOperation: (operation) =>
      new ServiceError('InvalidAction', 400, `Could not find operation ${operation} for version ${version}`),
  };
}

function headersWith(requestId: string): Record<string, string> {
  return {'content-type': 'text/xml', 'x-amzn-requestid': requestId};
}

/** `ActionNames.member.1=a&ActionNames.member.2=b` becomes `{ActionNames: ['a', 'b']}`. */
function nested(form: URLSearchParams): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const [key, value] of form) {
    if (key === 'Action' || key === 'Version') continue;
    const [name = '', list] = key.split('.');
    if (list === undefined) input[name] = value;
    else if (list === 'member') input[name] = [...asList(input[name]), value];
    else throw new ServiceError('MalformedInput', 400, `Cannot read the parameter ${key}.`);
  }
  return input;
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function xml(tag: string, content: object): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(tag, content)}\n`;
}

function element(tag: string, content: unknown): string {
  if (content === undefined) return '';
  return `<${tag}>${inner(content)}</${tag.split(' ')[0] ?? tag}>`;
}

function inner(content: unknown): string {
  if (Array.isArray(content)) return content.map((item) => element('member', item)).join('');
  if (typeof content !== 'object' || content === null) return escape(String(content));
  return Object.entries(content)
    .map(([name, value]) => element(name, value))
    .join('');
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
