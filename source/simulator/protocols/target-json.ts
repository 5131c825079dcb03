import {ServiceError} from '../service-error.ts';
import {jsonBody} from './json-body.ts';
import type {Protocol} from './protocol.ts';

/** JSON 1.1 as Systems Manager uses it: the operation in `x-amz-target`, the error's type in the body's `__type`. */
export const targetJson: Protocol = {
  operationOf: ({headers}) => {
    const target = headers['x-amz-target'];
    return (typeof target === 'string' ? target.split('.').at(-1) : undefined) ?? '';
  },
  inputOf: (request) => jsonBody(request.body),
  answer: (_operation, output, requestId) => ({
    status: 200,
    headers: headersWith(requestId),
    body: JSON.stringify(output),
  }),
  refuse: (error, requestId) => ({
    status: error.status,
    headers: headersWith(requestId),
    body: JSON.stringify({__type: error.code, message: error.message}),
  }),
  unknownOperation: (operation) =>
    new ServiceError(
      'UnknownOperationException',
      400,
      `There is no operation ${operation || 'without a target'}.`,
    ),
};

function headersWith(requestId: string): Record<string, string> {
  return {'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': requestId};
}
