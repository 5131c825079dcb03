import {ServiceError} from '../service-error.ts';
import {jsonBody} from './json-body.ts';
import type {Protocol, WireRequest} from './protocol.ts';

/**
 * REST-JSON as Image Builder and Account use it: a path for each operation, inputs in the query or the body, the
 * error's type in `x-amzn-errortype`.
 *
 * @param routes Method and path of each operation, such as `PUT /CancelImageCreation`.
 */
export function restJson(routes: Readonly<Record<string, string>>): Protocol {
  const operations = new Map(Object.entries(routes).map(([operation, route]) => [route, operation]));
  return {
    operationOf: (request) => {
      const route = `${request.method} ${request.url.pathname}`;
      return operations.get(route) ?? route;
    },
    inputOf: (request: WireRequest) => ({
      ...Object.fromEntries(request.url.searchParams),
      ...jsonBody(request.body),
    }),
    answer: (_operation, output, requestId) => ({
      status: 200,
      headers: headersWith(requestId),
      body: JSON.stringify(output),
    }),
    refuse: (error, requestId) => ({
      status: error.status,
      headers: {...headersWith(requestId), 'x-amzn-errortype': error.code},
      body: JSON.stringify({message: error.message, requestId}),
    }),
    unknownOperation: (operation) =>
      new ServiceError('UnknownOperationException', 404, `There is no operation at ${operation}.`),
  };
}

function headersWith(requestId: string): Record<string, string> {
  return {'content-type': 'application/json', 'x-amzn-requestid': requestId};
}
